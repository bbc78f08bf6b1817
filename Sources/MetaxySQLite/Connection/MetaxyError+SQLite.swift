internal import CSQLite
internal import MetaxyErrors
internal import MetaxySchema

extension MetaxyError {
  static func cannotOpenDatabase(_ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .cannotOpenDatabase, "cannot open the database `\(path)`: \(reason)",
      hints: ["check that its folder exists and that you may read and write there"])
  }

  static func databaseMissing(_ path: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database at `\(path)`", hints: ["\(.upgrade()) creates it"])
  }

  static func cannotUseDatabase(_ path: String, cause: MetaxyError) -> MetaxyError {
    guard cause.code == .sqlite(SQLITE_NOTADB) else {
      return MetaxyError(.cannotOpenDatabase, "cannot use the database `\(path)`", cause: cause)
    }
    return MetaxyError(
      .notADatabase, "`\(path)` is no SQLite database",
      hints: ["check the store's `url`; the file was left as it is"], cause: cause)
  }

  /// What SQLite says, with its own code: `sqlite_19` is a violated constraint. https://sqlite.org/rescode.html
  static func refused(_ report: SQLiteReport, sql: String, database: String) -> MetaxyError {
    var hints: [Hint] = []
    switch report.code {
    case SQLITE_BUSY, SQLITE_LOCKED:
      hints.append("another program is writing to `\(database)`; try again when it is done")
    case SQLITE_READONLY: hints.append("`\(database)`, or the folder it lies in, may not be written to")
    case SQLITE_FULL: hints.append("the disk is full; make room and run the command again")
    default: break
    }
    if report.lacksValueForNewColumn {
      hints.append("the table holds rows, and no value is known for them: write a DEFAULT into the statement by hand")
    }
    var text = report.message
    if let line = StatementExcerpt.text(of: sql, atByte: report.offset) { text += "\n\(line)" }
    return MetaxyError(
      .sqlite(report.code), text, Payload(database: database, sql: sql, sqlOffset: report.offset), hints: hints)
  }

  static func refusedInRevision(_ what: String) -> MetaxyError {
    MetaxyError(
      .refusedInRevision, "\(what) cannot stand in a section of a revision",
      hints: ["each section runs in one transaction that metaxy begins and ends"])
  }

  static func cannotLock(_ database: String, path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .cannotLock, "cannot lock the database `\(database)`: `\(path)`: \(reason.lowercased())",
      hints: ["a run keeps others away by this file; its folder must exist and be writable"])
  }

  static func unreadableTable(_ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(.unreadableTable, "cannot read the definition of the table `\(name)`", cause: cause)
  }

  static func unreadableIndex(_ name: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(.unreadableIndex, "cannot read the definition of the index `\(name)`", cause: cause)
  }

  static func typeNotStrict(_ word: String) -> MetaxyError {
    MetaxyError(
      .typeNotStrict, "a STRICT table of SQLite takes no column of type `\(word)`",
      hints: ["STRICT takes INT, INTEGER, REAL, TEXT, BLOB and ANY"])
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
