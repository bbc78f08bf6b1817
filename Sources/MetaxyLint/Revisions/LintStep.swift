internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL

/// A statement of a revision with the changes that it makes.
struct LintStep {
  /// Its position among all statements of its direction and dialect.
  let index: Int
  /// The position of its section.
  let section: Int
  let runsInTransaction: Bool
  let turnsForeignKeysOff: Bool
  let statement: RevisionStatement
  let tokens: [SQLToken]
  var changes: [StatementChange]
}

/// A table that is replaced: a new one is created, filled from the old one, and renamed in its place.
struct TableRebuild {
  let table: TableName
  let successor: TableName
  let creation: Int
  /// The statement that copies the rows; nil if none does.
  let copy: Int?
  let drop: Int
  let rename: Int

  var steps: [Int] { [creation, copy, drop, rename].compactMap(\.self) }
  /// The statement that fails on rows.
  var place: Int { copy ?? drop }
}
