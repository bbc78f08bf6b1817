internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// The query of the rows that an export writes, in an order that does not depend on the engine.
struct RowsQuery {
  let sql: String
  let parameters: [SQLValue]
  /// Whether the last value of a row is the number of rows that are equally new.
  let countsCopies: Bool

  /// - Parameters:
  ///   - columns: the columns of the answer; those of the ID follow them.
  ///   - version: the feature version; nil for all.
  ///   - hasHistory: whether all rows of a sample are read instead of the newest one.
  init(
    _ table: FeatureTable, _ columns: [TableColumn], version: String?, hasHistory: Bool
  ) throws(MetaxyError) {
    let samples = table.samples
    parameters = version.map { [.text($0)] } ?? []
    let place = version.map { _ in table.database.placeholder(1) }
    let alias = NewestRows.alias
    func name(_ column: TableColumn) -> String { "\(alias).\(column.name)" }
    let versionColumn = table.column(samples.generation.featureVersionColumn)
    let condition = place.flatMap { place in versionColumn.map { "\(name($0)) = \(place)" } }
    var keys = table.idColumns + (versionColumn.map { [$0] } ?? [])
    let source: String
    var clause = ""
    if hasHistory {
      var terms = condition.map { [$0] } ?? []
      // A row that marks a deletion holds no values of a sample.
      if samples.generation == .release01 {
        terms.append("\(alias).\(SQLText.identifier(SystemColumn01.deletedAt.rawValue)) IS NULL")
      }
      source = "SELECT * FROM \(SQLText.identifier(samples.name))"
      if !terms.isEmpty { clause = " WHERE " + terms.joined(separator: " AND ") }
      countsCopies = false
    } else {
      let order = try NewestOrder(of: samples, table.connection)
      let names = (keys + columns).map(\.live.name)
      source = NewestRows(table: samples, order: order, columns: Self.distinct(names))
        .text(where: condition.map { [$0] } ?? [])
      countsCopies = order.allowsTies
    }
    if hasHistory {
      // What orders the rows of a sample, then everything else.
      keys += (samples.orderColumn.flatMap(table.column).map { [$0] } ?? []) + table.columns
    }
    let answer = (columns + table.idColumns).map(name) + (countsCopies ? [NewestRows.copies] : [])
    let order =
      (countsCopies ? ["CASE WHEN \(NewestRows.copies) > 1 THEN 0 ELSE 1 END"] : [])
      + Self.distinct(keys.map { Self.order(name($0), $0.form) })
    sql =
      "SELECT \(answer.joined(separator: ", ")) FROM (\(source)) AS \(alias)\(clause) ORDER BY "
      + order.joined(separator: ", ")
  }

  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// Returns a place in the order: texts by their bytes, and NULL first, on every engine.
  private static func order(_ name: String, _ column: RowColumn) -> String {
    let isSQLite = column.dialect == .sqlite
    let key =
      switch column.type {
      case .string: isSQLite ? "\(name) COLLATE BINARY" : "\(name) COLLATE \"C\""
      // These types need not have an order on PostgreSQL.
      case .json, .jsonb, .raw: isSQLite ? name : "CAST(\(name) AS TEXT) COLLATE \"C\""
      default: name
      }
    return key + " NULLS FIRST"
  }
}
