package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// An open connection with what migrations need of it.
package protocol Connection: SQLConnection {
  /// Keeps others from writing to a table until the transaction at hand ends; they may still read it.
  ///
  /// Does nothing where a transaction keeps all other writers out anyway.
  func lockForWriting(_ table: TableName) throws(MetaxyError)

  /// Runs one statement of a revision, which may not touch the tables that `policy` refuses.
  ///
  /// - Throws: `table_refused`, before anything is done, or with a transaction that can only be rolled back.
  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int

  /// Brings what the statements of a revision began to its end, and tells which tables they created, dropped and renamed.
  ///
  /// What would else happen at the commit, such as deferred checks, happens here, and `policy` holds for it, too.
  ///
  /// - Parameter before: the names of all tables before the first of these statements.
  func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<String>
  ) throws(MetaxyError) -> TableChanges

  /// What others did to the transaction or the statement that ended with `error`; nil where it was nothing of theirs.
  func lockConflict(behind error: MetaxyError) -> LockConflict?

  /// The names of all tables, as they are stored.
  func tableNames() throws(MetaxyError) -> Set<String>

  /// The names of a table's columns; none where there is no such table.
  func columnNames(of table: String) throws(MetaxyError) -> [String]

  /// The columns of a table that the engine computes from others.
  func computedColumns(of table: String) throws(MetaxyError) -> Set<String>

  /// The tables whose rows are deleted or changed by their foreign keys when rows of `table` are deleted.
  func tablesFollowing(_ table: String) throws(MetaxyError) -> [String]

  /// Prepares the connection for making tables anew, or puts it back as it was; called outside transactions.
  ///
  /// While it is prepared foreign keys are not enforced, and a rename changes the table alone, not what refers to it.
  func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError)

  /// The rows that refer to rows which are not there: how many, by what refers to what.
  func danglingReferences() throws(MetaxyError) -> [String: Int]

  /// What a table has that making it anew must know of; nil where there is no such table.
  func liveExpectation(of table: String) throws(MetaxyError) -> TableExpectation?
}

/// Tables that came and went; one that is renamed does both.
package struct TableChanges: Sendable, Hashable {
  package var created: Set<String>
  package var dropped: Set<String>

  package init(created: Set<String> = [], dropped: Set<String> = []) {
    self.created = created
    self.dropped = dropped
  }
}

/// What somebody else did at the same time, so that trying again may help.
package struct LockConflict: Sendable, Hashable {
  /// What was not to be had, and who has it.
  package var displayText: String
  /// What can be done about it.
  package var hints: [String]
  /// The longest time that it is worth to wait before trying again.
  package var longestPause: Duration

  package init(_ displayText: String, hints: [String], longestPause: Duration) {
    self.displayText = displayText
    self.hints = hints
    self.longestPause = longestPause
  }
}

// What holds for an engine whose transactions keep all other writers out.
extension Connection {
  package func lockForWriting(_ table: TableName) throws(MetaxyError) {}

  package func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<String>
  ) throws(MetaxyError) -> TableChanges {
    let after = try tableNames()
    return TableChanges(created: after.subtracting(before), dropped: before.subtracting(after))
  }

  package func lockConflict(behind error: MetaxyError) -> LockConflict? { nil }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try tableNames().contains(name.name) }
}
