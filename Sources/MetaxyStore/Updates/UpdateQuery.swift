internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The query that compares the newest rows of a feature's parents with its own.
///
/// ```sql
/// WITH expected AS (
///   SELECT p0."sample_id" AS k0, p0."data_version" AS d0, … AS copies FROM (…) AS p0 JOIN (…) AS p1 ON …
/// ), stored AS (
///   SELECT c."sample_id" AS k0, c."data_version" AS versions, … AS copies FROM (…) AS c
/// )
/// SELECT e.k0, e.d0, s.versions, 0 or 1, copies FROM expected AS e LEFT JOIN stored AS s ON s.k0 = e.k0
/// UNION ALL
/// SELECT s.k0, NULL, s.versions, 2, copies FROM stored AS s LEFT JOIN expected AS e ON e.k0 = s.k0 WHERE e.k0 IS NULL
/// ```
///
/// A full outer join in two parts: SQLite has that join since 3.39 only. A row has the columns that name the sample, the
/// data versions of its parents in the order of the recipe, that of its stored rows, a mark, and the number of rows that
/// are equally new.
struct UpdateQuery: ComparingQuery {
  private(set) var sql = ""
  private(set) var parameters: [SQLValue] = []
  private let family: FeatureFamily
  private let database: any RowDatabase

  init(_ family: FeatureFamily, _ database: any RowDatabase, _ connection: any RowConnection) throws(MetaxyError) {
    self.family = family
    self.database = database
    sql = Self.comparison(
      expected: try expected(connection), stored: try stored(connection), keys: family.idColumns.count,
      versions: family.parents.indices.map { "d\($0)" })
  }

  /// Returns the query for the parents' rows: a row for each sample that all of them have.
  private mutating func expected(_ connection: any RowConnection) throws(MetaxyError) -> String {
    var places: [ScalarString: String] = [:]
    var (tables, copies) = ("", ["1"])
    for parent in family.joinOrder {
      let (alias, columns) = ("p\(parent)", family.parents[parent].feature.idColumns)
      let source = try newest(family.parents[parent], columns, connection)
      let shared = columns.compactMap { column in
        places[ScalarString(column)].map { "\(alias).\(SQLText.identifier(column)) = \($0)" }
      }
      tables += tables.isEmpty ? "" : " JOIN "
      tables += "(\(source.text)) AS \(alias)"
      if !shared.isEmpty { tables += " ON " + shared.joined(separator: " AND ") }
      for column in columns where places[ScalarString(column)] == nil {
        places[ScalarString(column)] = "\(alias).\(SQLText.identifier(column))"
      }
      if source.allowsTies { copies.append("\(alias).\(NewestRows.copies)") }
    }
    let keys = family.idColumns.enumerated().map { "\(places[ScalarString($1)] ?? SQLText.identifier($1)) AS k\($0)" }
    let versions = family.parents.indices.map { "p\($0).\(dataVersion) AS d\($0)" }
    let columns = keys + versions + ["\(copies.joined(separator: " * ")) AS copies"]
    return "SELECT \(columns.joined(separator: ", ")) FROM \(tables)"
  }

  /// Returns the query for the feature's own rows: a row for each sample.
  private mutating func stored(_ connection: any RowConnection) throws(MetaxyError) -> String {
    let columns = family.idColumns + family.child.feature.idColumns.filter { !family.idColumns.containsExactly($0) }
    let source = try newest(family.child, columns, connection)
    return Self.stored(
      source.text, allowsTies: source.allowsTies, family.idColumns, dataVersion, isOneToOne: family.isOneToOne,
      family.child.dialect)
  }

  /// Returns the query for the newest rows of the current version of a feature.
  private mutating func newest(
    _ layout: RowLayout, _ columns: [String], _ connection: any RowConnection
  ) throws(MetaxyError) -> (text: String, allowsTies: Bool) {
    let order = try NewestOrder(of: layout, connection)
    let rows = NewestRows(layout: layout, order: order, columns: [SystemColumn.dataVersion.rawValue] + columns)
    parameters.append(.text(layout.feature.featureVersion))
    let version = "\(NewestRows.alias).\(SQLText.identifier(SystemColumn.featureVersion.rawValue))"
    return (rows.text(where: ["\(version) = \(database.placeholder(parameters.count))"]), order.allowsTies)
  }

  private var dataVersion: String { SQLText.identifier(SystemColumn.dataVersion.rawValue) }
}
