internal import MetaxyRuntime
internal import MetaxySQLiteDriver

/// How many rows the running statement of a connection has read.
struct SQLiteStatementProgress: StatementProgress {
  let rows: SQLiteScannedRows

  init(_ rows: SQLiteScannedRows) { self.rows = rows }

  var text: String? { rows.count > 0 ? "\(rows.count) rows read" : nil }
}
