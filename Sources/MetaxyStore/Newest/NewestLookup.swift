internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Finds the newest rows of some samples in one query.
struct NewestLookup {
  let layout: RowLayout
  let database: any RowDatabase

  /// A row: its `data_version` and the values of its ID columns.
  struct Row {
    let dataVersion: SQLValue
    let id: [SQLValue]
  }

  /// Calls `body` for each newest row of the samples, in the feature's current version; for each of them where several are
  /// equally new.
  func rows(
    of ids: [RowID], _ connection: any RowConnection, _ body: (Row) throws(MetaxyError) -> Void
  ) throws(MetaxyError) {
    let columns = [SystemColumn.dataVersion.rawValue] + layout.feature.idColumns
    var query = SampleQuery(layout, layout.feature.idColumns, database)
    let terms = query.terms(of: ids, alias: NewestRows.alias)
    let newest = NewestRows(layout: layout, order: try NewestOrder(of: layout, connection), columns: columns)
    let cursor = try connection.cursor(newest.text(where: terms), query.parameters, partSize: nil)
    var row: [SQLValue] = []
    while try cursor.next(into: &row) { try body(Row(dataVersion: row[0], id: Array(row[1..<columns.count]))) }
  }

  /// Deletes all rows of the samples in the feature's current version.
  ///
  /// - Parameters:
  ///   - ids: the values of `columns`, one list for each sample.
  ///   - columns: the columns that name the samples.
  ///   - connection: a connection in a transaction.
  /// - Returns: the number of deleted rows.
  /// - Throws: the error of the statement.
  func delete(_ ids: [RowID], by columns: [String], _ connection: any RowConnection) throws(MetaxyError) -> Int {
    var query = SampleQuery(layout, columns, database)
    let terms = query.terms(of: ids, alias: NewestRows.alias)
    return try connection.deletedRows(
      by:
        "DELETE FROM \(SQLText.identifier(layout.table)) AS \(NewestRows.alias) WHERE \(terms.joined(separator: " AND "))",
      query.parameters, layout.dialect)
  }
}

/// The conditions for the rows of some samples.
private struct SampleQuery {
  private let layout: RowLayout
  private let columns: [String]
  private let database: any RowDatabase
  private(set) var parameters: [SQLValue] = []

  init(_ layout: RowLayout, _ columns: [String], _ database: any RowDatabase) {
    self.layout = layout
    self.columns = columns
    self.database = database
  }

  mutating func terms(of ids: [RowID], alias: String) -> [String] {
    let columns = columns.map { "\(alias).\(SQLText.identifier($0))" }
    let version = place(.text(layout.feature.featureVersion))
    var tuples: [String] = []
    for id in ids {
      let places = id.values.map { place($0) }
      tuples.append(columns.count == 1 ? places[0] : "(\(places.joined(separator: ", ")))")
    }
    // SQLite accepts lists of rows only as VALUES; PostgreSQL infers the types of parameters only in lists.
    // https://sqlite.org/rowvalue.html
    let list = columns.count > 1 && layout.dialect == .sqlite ? "VALUES " : ""
    let key = columns.count == 1 ? columns[0] : "(\(columns.joined(separator: ", ")))"
    return [
      "\(alias).\(SQLText.identifier(SystemColumn.featureVersion.rawValue)) = \(version)",
      "\(key) IN (\(list)\(tuples.joined(separator: ", ")))",
    ]
  }

  private mutating func place(_ value: SQLValue) -> String {
    parameters.append(value)
    return database.placeholder(parameters.count)
  }
}

extension RowConnection {
  /// Runs a DELETE and returns the number of rows deleted in its table.
  func deletedRows(
    by sql: String, _ parameters: [SQLValue], _ dialect: StoreDialect
  ) throws(MetaxyError) -> Int {
    let count = try execute(sql, parameters)
    guard dialect == .sqlite else { return count }
    // The count of the statement contains rows that triggers and foreign keys delete. https://sqlite.org/c3ref/changes.html
    return Int(try query("SELECT changes()").first?.first?.integer ?? 0)
  }
}
