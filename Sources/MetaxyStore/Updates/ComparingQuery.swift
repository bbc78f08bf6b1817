internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyJSON
internal import MetaxyNames
internal import MetaxyRows

/// The parts that the queries of updates have in common: how expected rows are compared with stored ones.
protocol ComparingQuery {
  var sql: String { get }
  var parameters: [SQLValue] { get }
}

/// The mark of a row of a comparison.
enum UpdateMark: Int64 {
  case new, stored, orphaned
}

extension ComparingQuery {
  /// Returns the query that compares expected rows with stored ones.
  ///
  /// - Parameters:
  ///   - expected: the query for the rows of the parents: `k0`, …, `versions`, and `copies`.
  ///   - stored: the query for the feature's own rows: `k0`, …, `versions` and `copies`.
  ///   - keys: the number of columns that name a sample.
  ///   - versions: the other columns of an expected row.
  /// - Returns: the query.
  static func comparison(expected: String, stored: String, keys: Int, versions: [String]) -> String {
    let keys = (0..<keys).map { "k\($0)" }
    let match = keys.map { "s.\($0) = e.\($0)" }.joined(separator: " AND ")
    let nothing = versions.map { _ in "NULL" }
    return """
      WITH expected AS (\(expected)), stored AS (\(stored))
      SELECT \((keys + versions).map { "e.\($0)" }.joined(separator: ", ")), s.versions,
        CASE WHEN s.\(keys[0]) IS NULL THEN \(UpdateMark.new.rawValue) ELSE \(UpdateMark.stored.rawValue) END,
        coalesce(e.copies, 1) * coalesce(s.copies, 1) AS copies
      FROM expected AS e LEFT JOIN stored AS s ON \(match)
      UNION ALL
      SELECT \((keys.map { "s.\($0)" } + nothing).joined(separator: ", ")), s.versions, \(UpdateMark.orphaned.rawValue),
        s.copies
      FROM stored AS s LEFT JOIN expected AS e ON \(match) WHERE e.\(keys[0]) IS NULL
      """
  }

  /// Returns the query for a feature's own rows: a row for each sample.
  ///
  /// - Parameters:
  ///   - rows: the query for the newest rows.
  ///   - allowsTies: whether the query counts rows that are equally new.
  ///   - columns: the columns that name a sample.
  ///   - version: the column that is compared, as it is written in SQL.
  ///   - isOneToOne: whether a sample has one row.
  ///   - dialect: the engine.
  /// - Returns: the query.
  static func stored(
    _ rows: String, allowsTies: Bool, _ columns: [String], _ version: String, isOneToOne: Bool, _ dialect: StoreDialect
  ) -> String {
    let ids = columns.map { "c.\(SQLText.identifier($0))" }
    let keys = ids.enumerated().map { "\($1) AS k\($0)" }.joined(separator: ", ")
    let copies = allowsTies ? "c.\(NewestRows.copies)" : "1"
    guard !isOneToOne else {
      return "SELECT \(keys), c.\(version) AS versions, \(copies) AS copies FROM (\(rows)) AS c"
    }
    // The versions of the rows of a sample, each once.
    let texts =
      switch dialect {
      case .sqlite: "json_group_array(DISTINCT c.\(version))"
      case .postgresql: "json_agg(DISTINCT CAST(c.\(version) AS TEXT))"
      }
    return "SELECT \(keys), \(texts) AS versions, max(\(copies)) AS copies"
      + " FROM (\(rows)) AS c GROUP BY \(ids.joined(separator: ", "))"
  }

  /// Returns the versions of a sample's stored rows, nil for NULL, from the answer of the query.
  static func stored(_ versions: String?, isOneToOne: Bool) -> [String?] {
    guard let versions, !isOneToOne else { return [versions] }
    // The engine wrote the list.
    guard case .array(let texts)? = try? JSONValue(parsing: versions, file: "versions") else { return [nil] }
    return texts.map { text in if case .string(let text) = text { text } else { nil } }
  }
}
