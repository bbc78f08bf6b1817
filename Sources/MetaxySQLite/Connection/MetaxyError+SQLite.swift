internal import CSQLite
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxySchema

extension MetaxyError {
  static func refusedInRevision(_ what: String) -> MetaxyError {
    MetaxyError(
      .refusedInRevision, "\(what) cannot be in a section of a revision",
      hints: ["metaxy runs each section in one transaction"])
  }

  static func unreadableTable(_ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .unreadableTable, "cannot read the definition of the table `\(name)`", Payload(table: name), cause: cause)
  }

  static func unreadableIndex(_ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(.unreadableIndex, "cannot read the definition of the index `\(name)`", cause: cause)
  }

  static func cannotRename(
    _ rename: MigrationOperation, _ database: String, cause: MetaxyError
  ) -> MetaxyError {
    MetaxyError(
      .cannotRename, "`\(rename)` was tried out on a copy of the definitions of `\(database)`, and SQLite refuses it",
      hints: ["drop or correct views and triggers that cannot be read"], cause: cause)
  }

  static func cannotCopyDefinition(_ type: String, _ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotCopyDefinition,
      "cannot try out the rename: the \(type) `\(name)` cannot be created on a copy of the definitions",
      hints: ["write the rename into a revision by hand: \(.revision()) creates an empty one"], cause: cause)
  }

  static func cannotRender(_ operation: MigrationOperation) -> MetaxyError {
    MetaxyError(
      .cannotRender, "`\(operation)` cannot be written for SQLite",
      hints: ["define it in a file for the engine that can do it: `NAME.postgresql.sql`"])
  }
}
