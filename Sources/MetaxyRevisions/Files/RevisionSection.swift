package import MetaxySQL

/// Which way a section takes the database.
package enum RevisionDirection: String, Sendable, Hashable, CaseIterable {
  case upgrade, downgrade
}

/// The statements of one direction, for one dialect or for all, that run in one transaction or in none.
package struct RevisionSection: Sendable, Hashable {
  package var direction: RevisionDirection
  /// The dialect that it serves; nil for all.
  package var dialect: String?
  /// Whether the runner opens a transaction for it; `transaction:false` in the file.
  package var runsInTransaction: Bool
  /// Whether the runner turns foreign keys off around the transaction; `foreign_keys:off` in the file.
  package var turnsForeignKeysOff: Bool
  /// What a rebuild knows of its table; `expects:…` in the file.
  package var expectation: String?
  package var statements: [RevisionStatement]
  /// The comment lines after the last statement.
  package var notes: [String]
  /// Where its directive stands in its file; nil when it was not read from one.
  package var position: SQLPosition?

  package init(
    _ direction: RevisionDirection, dialect: String? = nil, runsInTransaction: Bool = true,
    turnsForeignKeysOff: Bool = false, expectation: String? = nil, statements: [RevisionStatement] = [],
    notes: [String] = [], position: SQLPosition? = nil
  ) {
    self.direction = direction
    self.dialect = dialect
    self.runsInTransaction = runsInTransaction
    self.turnsForeignKeysOff = turnsForeignKeysOff
    self.expectation = expectation.map { CommentText.oneLine($0) }
    self.statements = statements
    self.notes = notes.map { CommentText.line($0) }
    self.position = position
  }
}
