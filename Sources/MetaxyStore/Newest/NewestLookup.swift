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

  /// A row: the values of the columns that were asked for, and of its ID columns.
  struct Row {
    let values: ArraySlice<SQLValue>
    let id: [SQLValue]
    /// The number of rows of the sample that are equally new.
    let copies: Int64
  }

  /// Calls `body` for each newest row of the samples, in the feature's current version; for each of them where several are
  /// equally new.
  func rows(
    of ids: [RowID], _ values: [String], _ connection: any RowConnection, _ body: (Row) throws(MetaxyError) -> Void
  ) throws(MetaxyError) {
    let columns = values + layout.feature.idColumns
    var query = SampleQuery(layout.dialect, database)
    let terms = terms(of: ids, by: layout.feature.idColumns, &query)
    let order = try NewestOrder(of: layout, connection)
    let newest = NewestRows(layout: layout, order: order, columns: columns)
    let cursor = try connection.cursor(newest.text(where: terms), query.parameters, partSize: nil)
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      let copies = order.allowsTies ? row.last?.integer ?? 1 : 1
      try body(Row(values: row[..<values.count], id: Array(row[values.count..<columns.count]), copies: copies))
    }
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
    return try connection.changedRows(
      by:
        "DELETE FROM \(SQLText.identifier(layout.table)) AS \(NewestRows.alias) WHERE \(terms.joined(separator: " AND "))",
      query.parameters, layout.dialect)
  }

  /// Returns the query for the newest rows of some samples in the feature's current version, with all columns that are read.
  ///
  /// - Throws: `newest_row_ambiguous` for a sample with several of them.
  func newest(
    _ ids: [RowID], by columns: [String], _ connection: any RowConnection
  ) throws(MetaxyError) -> (sql: String, parameters: [SQLValue]) {
    let order = try NewestOrder(of: layout, connection)
    var query = SampleQuery(layout.dialect, database)
    let rows = NewestRows(layout: layout, order: order, columns: layout.readColumns)
      .text(where: terms(of: ids, by: columns, &query))
    guard order.allowsTies else { return (rows, query.parameters) }
    let shown = layout.feature.idColumns + layout.orderColumns
    let tied = try connection.query(
      "SELECT \(SQLText.identifiers(shown)), \(NewestRows.copies) FROM (\(rows)) AS found"
        + " WHERE \(NewestRows.copies) > 1 LIMIT 1", query.parameters)
    guard let row = tied.first else { return (rows, query.parameters) }
    let count = layout.feature.idColumns.count
    throw .newestRowAmbiguous(
      layout, sample: layout.displayID(Array(row[..<count])), rows: row.last?.integer,
      value: layout.orderColumns.isEmpty ? nil : row[count])
  }

  /// Returns the conditions for the rows of samples in the feature's current version.
  func terms(of ids: [RowID], by columns: [String], _ query: inout SampleQuery) -> [String] {
    func name(_ column: String) -> String { "\(NewestRows.alias).\(SQLText.identifier(column))" }
    let version = query.place(.text(layout.feature.featureVersion))
    return [
      "\(name(layout.generation.featureVersionColumn)) = \(version)", query.condition(ids, columns.map(name)),
    ]
  }
}

extension RowConnection {
  /// Runs a DELETE or an INSERT and returns the number of rows changed in its table.
  func changedRows(
    by sql: String, _ parameters: [SQLValue], _ dialect: StoreDialect
  ) throws(MetaxyError) -> Int {
    let count = try execute(sql, parameters)
    guard dialect == .sqlite else { return count }
    // The count of the statement contains rows that triggers and foreign keys change. https://sqlite.org/c3ref/changes.html
    return Int(try query("SELECT changes()").first?.first?.integer ?? 0)
  }
}
