package import MetaxyNames

/// The statements of offline scripts that engines spell differently. Each is without the `;` at its end.
package protocol ScriptSQL: Sendable {
  /// The lines at the beginning of a script, which set up the program that runs it.
  var header: [String] { get }
  /// The statement that begins a transaction that writes.
  var begin: String { get }
  /// An expression for the present time in UTC, as the log table holds it.
  var now: String { get }
  /// An expression for who runs a revision, as the log table holds it.
  var author: String { get }

  /// Returns the name of a table of metaxy, with its schema where that is known, so that no temporary table hides it.
  func name(_ table: TableName) -> String

  /// Returns statements that end the script with `message` unless the expression `count` is 0 or NULL.
  func stop(_ message: String, unlessZero count: String) -> [String]

  /// Returns statements that keep other sessions from changing the version until the transaction ends.
  func lock(_ table: TableName) -> [String]

  /// Returns an expression for the number of a table's rows, at most 1. Rows of a table that does not exist are an error or 0.
  func hasRows(_ table: TableName) -> String

  /// Returns an expression for the number of rows, at most 1, in which a column has a value that cannot be computed again.
  func hasValues(_ column: String, of table: TableName) -> String

  /// Returns an expression for the number of tables in a schema.
  func tables(inSchema schema: String) -> String

  /// Returns statements that remember the tables of the database, for ``createdTables`` and ``droppedTables``.
  func rememberTables() -> [String]

  /// Expressions for the tables created and dropped since, as the log table holds them.
  var createdTables: String { get }
  var droppedTables: String { get }

  /// Returns an expression for those of `tables` that exist, as the log table holds them.
  func existing(_ tables: [TableName]) -> String

  /// Returns statements that forget what was remembered.
  func forget() -> [String]

  /// Returns statements that prepare the session for the rebuild of a table, or restore its settings; outside transactions.
  func prepareForRebuild(_ isPrepared: Bool) -> [String]

  /// Returns statements that remember the rows whose references dangle.
  func rememberDanglingReferences() -> [String]

  /// Returns statements that end the script if more references dangle than were remembered.
  func stopAtDanglingReferences() -> [String]

  /// Returns an expression for the number of columns, indexes and triggers in which a table differs from what its rebuild
  /// expects.
  func differences(from expectation: TableExpectation) -> String
}

// Engines that change every table in place never rebuild one.
extension ScriptSQL {
  package func prepareForRebuild(_ isPrepared: Bool) -> [String] { [] }
  package func rememberDanglingReferences() -> [String] { [] }
  package func stopAtDanglingReferences() -> [String] { [] }
  package func differences(from expectation: TableExpectation) -> String { "0" }
}
