internal import CSQLite
internal import MetaxyErrors

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

  static func cannotLock(_ database: String, path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .cannotLock, "cannot lock the database `\(database)`: `\(path)`: \(reason.lowercased())",
      hints: ["a run keeps others away by this file; its folder must exist and be writable"])
  }

  static func typeNotStrict(_ word: String) -> MetaxyError {
    MetaxyError(
      .typeNotStrict, "a STRICT table of SQLite takes no column of type `\(word)`",
      hints: ["STRICT takes INT, INTEGER, REAL, TEXT, BLOB and ANY"])
  }
}
