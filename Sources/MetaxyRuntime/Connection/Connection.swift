package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxySQL

/// An open connection with the operations for migrations.
package protocol Connection: SQLConnection {
  /// Prevents other sessions from writing to a table until the current transaction ends; they can still read it.
  ///
  /// Does nothing on an engine whose transactions exclude all other writers.
  func lockForWriting(_ table: TableName) throws(MetaxyError)

  /// Runs a SELECT that a revision file contains, which can change nothing, not even through the functions that it calls.
  func readOnlyQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]]

  /// Runs one statement of a revision, which must not access the tables that `policy` refuses.
  ///
  /// - Throws: `table_refused`, before any effect, or in a transaction that can only be rolled back.
  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int

  /// Runs a query that a run repeats, whose result types never change: an engine may keep its plan.
  func repeatedQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]]

  /// Runs a statement that a run repeats: an engine may keep its plan.
  @discardableResult
  func executeRepeated(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int

  /// Returns what ``finishStatements(under:tablesBefore:)`` needs to know from before the first statement: the names of all tables,
  /// or none on an engine that shows what a transaction changed.
  ///
  /// - Parameter statements: the tokens of those that follow, as far as they are known: an engine may see that they can only
  ///   add something, and measure nothing of them.
  func tablesBefore(
    _ statements: [[SQLToken]], under policy: AccessPolicy
  ) throws(MetaxyError) -> Set<TableName>

  /// Finishes the statements of a revision, and returns the tables that they created, dropped and renamed.
  ///
  /// Effects that would otherwise occur at the commit, such as deferred checks, occur here, and `policy` applies to
  /// them too. Temporary objects end here: they must not take the place of a table in a later statement.
  ///
  /// - Parameter before: the result of ``tablesBefore(_:under:)``.
  func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<TableName>
  ) throws(MetaxyError) -> TableChanges

  /// Returns the effect of another session that caused `error`; nil if no other session did.
  func lockConflict(behind error: MetaxyError) -> LockConflict?

  /// The names of all tables, as they are stored: each with its schema unless that is ``defaultSchema``.
  ///
  /// Every table that a connection takes or returns has its name in this form.
  func tableNames() throws(MetaxyError) -> Set<TableName>

  /// The names of a table's columns; none if the table does not exist.
  func columnNames(of table: TableName) throws(MetaxyError) -> [String]

  /// The columns of a table that the engine computes from others.
  func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String>

  /// The tables whose rows are deleted or changed by their foreign keys when rows of `table` are deleted, or the table is
  /// dropped.
  func tablesFollowing(_ table: TableName, whenDropped isDropped: Bool) throws(MetaxyError) -> [TableName]

  /// Starts to measure what the current transaction loses; called before its first statement of a revision.
  ///
  /// - Parameter statements: the tokens of those that it will measure.
  func lossMeter(for statements: [[SQLToken]]) throws(MetaxyError) -> any LossMeter

  /// Returns what measures statements in a scratch database; nil on an engine whose statements lock the whole database.
  func statementMeter() throws(MetaxyError) -> (any StatementMeter)?

  /// How far the running statement is; nil on a connection that does not report it.
  var statementProgress: (any StatementProgress)? { get }

  /// The rebuild of tables on this connection; nil on an engine that alters every table in place.
  var rebuildSupport: (any RebuildSupport)? { get }
}

/// Created and dropped tables; a renamed table is in both lists.
package struct TableChanges: Sendable, Hashable {
  package var created: Set<TableName>
  package var dropped: Set<TableName>

  package init(created: Set<TableName> = [], dropped: Set<TableName> = []) {
    self.created = created
    self.dropped = dropped
  }
}

/// A conflict with another session, after which a retry can succeed.
package struct LockConflict: Sendable, Hashable {
  /// The lock that could not be acquired, with its holder.
  package var displayText: String
  /// Possible solutions for the user.
  package var hints: [String]
  /// The longest useful wait before a retry.
  package var longestPause: Duration

  package init(_ displayText: String, hints: [String], longestPause: Duration) {
    self.displayText = displayText
    self.hints = hints
    self.longestPause = longestPause
  }
}

// The defaults for an engine whose transactions exclude all other writers.
extension Connection {
  package var statementProgress: (any StatementProgress)? { nil }

  package func statementMeter() throws(MetaxyError) -> (any StatementMeter)? { nil }

  package var rebuildSupport: (any RebuildSupport)? { nil }

  package func lockForWriting(_ table: TableName) throws(MetaxyError) {}

  package func repeatedQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try query(sql) }

  @discardableResult
  package func executeRepeated(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    try execute(sql, parameters)
  }

  package func tablesBefore(
    _ statements: [[SQLToken]], under policy: AccessPolicy
  ) throws(MetaxyError) -> Set<TableName> {
    try tableNames()
  }

  /// A SELECT has no effect on an engine without procedural code.
  package func readOnlyQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try query(sql) }

  package func lockConflict(behind error: MetaxyError) -> LockConflict? { nil }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try tableNames().contains(name) }
}
