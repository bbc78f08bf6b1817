internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

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
    var query = SampleQuery(layout.dialect, database)
    let terms = terms(of: ids, by: layout.feature.idColumns, &query)
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
    var query = SampleQuery(layout.dialect, database)
    let terms = terms(of: ids, by: columns, &query)
    return try connection.deletedRows(
      by:
        "DELETE FROM \(SQLText.identifier(layout.table)) AS \(NewestRows.alias) WHERE \(terms.joined(separator: " AND "))",
      query.parameters, layout.dialect)
  }

  /// Returns the conditions for the rows of samples in the feature's current version.
  private func terms(of ids: [RowID], by columns: [String], _ query: inout SampleQuery) -> [String] {
    func name(_ column: String) -> String { "\(NewestRows.alias).\(SQLText.identifier(column))" }
    let version = query.place(.text(layout.feature.featureVersion))
    return [
      "\(name(SystemColumn.featureVersion.rawValue)) = \(version)", query.condition(ids, columns.map(name)),
    ]
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
