package import MetaxyErrors
package import MetaxyNames

/// A connection with the additional operations for rows: reading and writing many at once.
package protocol RowConnection: SQLConnection {
  /// Stops the running statement, from any thread.
  var interruptor: any Interruptor { get }

  /// Whether another statement or transaction can run while a cursor that fetches rows in parts is open.
  var keepsCursorsApart: Bool { get }

  /// Returns the columns of a table in their order; nil if there is no such table.
  func columns(of table: TableName) throws(MetaxyError) -> [StoredColumn]?

  /// Returns the unique keys of a table that each statement checks for all of its rows.
  func keys(of table: TableName) throws(MetaxyError) -> [StoredKey]

  func hasSchema(_ name: String) throws(MetaxyError) -> Bool
  /// Whether there is a type of this name in a schema; nil for the default schema.
  func hasType(_ name: String, schema: String?) throws(MetaxyError) -> Bool

  /// Appends rows to a table in the current transaction.
  ///
  /// - Parameter values: the values of all rows, row by row; each row has one value for each of `columns`.
  func append(_ values: [SQLValue], to table: TableName, columns: [String]) throws(AppendFailure)

  /// Runs a query whose rows are fetched one by one.
  ///
  /// - Parameters:
  ///   - partSize: the number of rows to buffer, on engines that buffer; nil for all rows.
  ///   - joinsWholeTables: whether the query joins many rows with many, whatever the engine estimates: without statistics it
  ///     takes them for few.
  func cursor(
    _ sql: String, _ parameters: [SQLValue], partSize: Int?, joinsWholeTables: Bool
  ) throws(MetaxyError) -> any RowCursor
}

extension RowConnection {
  /// Runs a query, which need not join tables, and whose rows are fetched one by one.
  package func cursor(_ sql: String, _ parameters: [SQLValue], partSize: Int?) throws(MetaxyError) -> any RowCursor {
    try cursor(sql, parameters, partSize: partSize, joinsWholeTables: false)
  }
}

/// The failure to append rows, with its cause.
package struct AppendFailure: Error {
  /// The position of the refused row, from 0; nil if the engine does not report it.
  package var position: Int?
  package var cause: MetaxyError

  package init(position: Int?, cause: MetaxyError) {
    self.position = position
    self.cause = cause
  }
}

/// The rows of a query, read one by one; the query ends with the value.
package protocol RowCursor: AnyObject {
  /// The names of the columns; several may have one name.
  var columnNames: [String] { get }
  /// Reads the next row into `row`; returns false after the last one.
  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool
}

/// Stops the running statement of a connection.
package protocol Interruptor: Sendable {
  /// Requests that the running statement, or the next one, stops; can be called from any thread.
  func request()
  /// Withdraws a request that no statement has handled.
  func withdraw()
}
