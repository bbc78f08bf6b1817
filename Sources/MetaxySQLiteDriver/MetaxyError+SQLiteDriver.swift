internal import CSQLite
internal import MetaxyErrors

extension MetaxyError {
  static func sqliteTooOld(_ version: SQLiteVersion) -> MetaxyError {
    MetaxyError(
      .sqliteTooOld,
      "the SQLite library that was found is \(version), but metaxy needs \(SQLiteVersion.floor) or newer",
      hints: [
        "install a newer one, for example with `apt install libsqlite3-0`; `LD_LIBRARY_PATH` can choose an old one"
      ])
  }

  static func cannotOpenDatabase(_ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .cannotOpenDatabase, "cannot open the database `\(path)`: \(reason)", Payload(database: path),
      hints: ["check that its directory exists and that you may read and write there"])
  }

  static func databaseMissing(_ path: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database at `\(path)`", Payload(database: path), hints: ["\(.upgrade()) creates it"])
  }

  static func cannotUseDatabase(_ path: String, cause: MetaxyError) -> MetaxyError {
    guard cause.code == .sqlite(SQLITE_NOTADB) else {
      return MetaxyError(
        .cannotOpenDatabase, "cannot use the database `\(path)`", Payload(database: path), cause: cause)
    }
    return MetaxyError(
      .notADatabase, "`\(path)` is not a SQLite database", Payload(database: path),
      hints: ["check the store's `url`; the file was not changed"], cause: cause)
  }

  /// SQLite's report, with its own code: `sqlite_19` is a violated constraint. https://sqlite.org/rescode.html
  static func refused(_ report: SQLiteReport, sql: String, database: String) -> MetaxyError {
    var hints: [Hint] = []
    switch report.code {
    case SQLITE_BUSY, SQLITE_LOCKED:
      hints.append("another program is writing to `\(database)`; run the command again when it has finished")
    case SQLITE_READONLY: hints.append("`\(database)`, or its directory, cannot be written")
    case SQLITE_FULL: hints.append("the disk is full; free space and run the command again")
    default: break
    }
    if report.lacksValueForNewColumn {
      hints.append("the table has rows, which need a value: add a DEFAULT to the statement")
    }
    if report.defersConstraint {
      hints.append(
        "SQLite defers foreign keys only: remove this clause, or define the table for PostgreSQL in a file `NAME.postgresql.sql`"
      )
    }
    var text = report.message
    if let line = StatementExcerpt.text(of: sql, atByte: report.offset) { text += "\n\(line)" }
    return MetaxyError(
      .sqlite(report.code), text, Payload(database: database, sql: sql, sqlOffset: report.offset), hints: hints)
  }

  /// - Parameter database: for display, so that values of environment variables stay out of the error.
  static func cannotLock(_ database: String, reason: String) -> MetaxyError {
    let path = database + "-metaxy.lock"
    return MetaxyError(
      .cannotLock, "cannot lock the database `\(database)`: `\(path)`: \(reason.lowercased())",
      Payload(path: path, database: database),
      hints: [
        "a run locks this file: its directory must exist and be writable, and a file or link of another program must not"
          + " have its name"
      ])
  }

  static func typeNotStrict(_ word: String) -> MetaxyError {
    MetaxyError(
      .typeNotStrict, "a STRICT table of SQLite takes no column of type `\(word)`",
      hints: ["STRICT takes INT, INTEGER, REAL, TEXT, BLOB and ANY"])
  }
}
