package import MetaxySQL

/// The direction of a section.
package enum RevisionDirection: String, Sendable, Hashable, CaseIterable {
  case upgrade, downgrade
}

/// The statements of one direction, for one dialect or for all, in one transaction or in none.
package struct RevisionSection: Sendable, Hashable {
  package var direction: RevisionDirection
  /// The dialect of the section; nil for all.
  package var dialect: String?
  /// Whether the runner opens a transaction for the section; `transaction:false` in the file.
  package var runsInTransaction: Bool
  /// Whether the runner turns foreign keys off around the transaction; `foreign_keys:off` in the file.
  package var turnsForeignKeysOff: Bool
  /// The number of rows that its UPDATE changes in one transaction, repeated until none is left; `batch:…` in the file. Nil if
  /// its statements run once.
  package var batchRows: Int?
  /// The table that a rebuild expects; `expects:…` in the file.
  package var expectation: String?
  package var statements: [RevisionStatement]
  /// The comment lines after the last statement.
  package var notes: [String]
  /// The position of the directive; nil if the section was not read from a file.
  package var position: SQLPosition?

  package init(
    _ direction: RevisionDirection, dialect: String? = nil, runsInTransaction: Bool = true,
    turnsForeignKeysOff: Bool = false, batchRows: Int? = nil, expectation: String? = nil,
    statements: [RevisionStatement] = [],
    notes: [String] = [], position: SQLPosition? = nil
  ) {
    self.direction = direction
    self.dialect = dialect
    self.runsInTransaction = runsInTransaction
    self.turnsForeignKeysOff = turnsForeignKeysOff
    self.batchRows = batchRows
    self.expectation = expectation.map { CommentText.oneLine($0) }
    self.statements = statements
    self.notes = notes.map { CommentText.line($0) }
    self.position = position
  }
}
