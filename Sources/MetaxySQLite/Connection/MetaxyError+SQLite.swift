internal import CSQLite
internal import MetaxyErrors
internal import MetaxySchema

extension MetaxyError {
  static func refusedInRevision(_ what: String) -> MetaxyError {
    MetaxyError(
      .refusedInRevision, "\(what) cannot stand in a section of a revision",
      hints: ["each section runs in one transaction that metaxy begins and ends"])
  }

  static func unreadableTable(_ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(.unreadableTable, "cannot read the definition of the table `\(name)`", cause: cause)
  }

  static func unreadableIndex(_ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(.unreadableIndex, "cannot read the definition of the index `\(name)`", cause: cause)
  }

  static func cannotRename(
    _ rename: MigrationOperation, _ database: String, cause: MetaxyError
  ) -> MetaxyError {
    MetaxyError(
      .cannotRename, "`\(rename)` was tried out beside the database `\(database)`, and SQLite refuses it",
      hints: ["where a view or a trigger can no longer be read, drop it or make it right first"], cause: cause)
  }

  static func cannotCopyDefinition(_ type: String, _ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotCopyDefinition,
      "a rename is tried out first, beside the database, and there the \(type) `\(name)` cannot be made",
      hints: ["write the rename into a revision by hand: \(.revision()) makes an empty one"], cause: cause)
  }

  static func cannotRender(_ operation: MigrationOperation) -> MetaxyError {
    MetaxyError(
      .cannotRender, "`\(operation)` cannot be written for SQLite",
      hints: ["define it in a file for the engine that can do it: `NAME.postgresql.sql`"])
  }
}
