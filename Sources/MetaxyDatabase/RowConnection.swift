package import MetaxyErrors
package import MetaxySQL
internal import MetaxySchema

/// A database that programs write rows to and read rows from.
package protocol RowDatabase: Database {
  /// Opens the database, which must be there already.
  ///
  /// - Throws: `no_database`, with the command that creates it; what connecting throws.
  func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection
}

/// What a connection for rows is opened for.
package enum RowPurpose: Sendable, Hashable {
  case reading, writing
}

/// A connection with what rows need beside what migrations do: many of them at once, one way and the other.
package protocol RowConnection: Connection {
  /// What stops the statement that runs, from any thread.
  var interruptor: any Interruptor { get }

  /// Whether another statement can run, or another transaction, while a cursor that fetches its rows in parts is open.
  var keepsCursorsApart: Bool { get }

  /// Appends rows to a table, in the transaction at hand.
  ///
  /// - Parameter values: those of all rows, row by row; each row has one for each of `columns`.
  func append(_ values: [SQLValue], to table: TableName, columns: [String]) throws(AppendFailure)

  /// Runs a query whose rows are asked for one by one.
  ///
  /// - Parameter partSize: how many rows are held at once, on engines that hold any; nil for all of them.
  func cursor(_ sql: String, _ parameters: [SQLValue], partSize: Int?) throws(MetaxyError) -> any RowCursor
}

/// Rows that were not appended, and why.
package struct AppendFailure: Error {
  /// Which of the rows was refused, from 0; nil where the engine does not say.
  package var position: Int?
  package var cause: MetaxyError

  package init(position: Int?, cause: MetaxyError) {
    self.position = position
    self.cause = cause
  }
}

/// The rows of a query, one after the other; the query ends with the value.
package protocol RowCursor: AnyObject {
  /// Puts the next row into `row`; false after the last one.
  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool
}

/// What stops the statement that a connection runs.
package protocol Interruptor: Sendable {
  /// Asks the statement that runs, or else the next one, to stop; may be called from any thread.
  func request()
  /// Forgets a wish that no statement took.
  func withdraw()
}
