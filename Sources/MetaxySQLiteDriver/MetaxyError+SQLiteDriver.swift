internal import CSQLite
internal import MetaxyErrors

extension MetaxyError {
  static func cannotOpenDatabase(_ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      Code("cannot_open_database"), "cannot open the database `\(path)`: \(reason)",
      hints: ["check that its folder exists and that you may read and write there"])
  }

  static func databaseMissing(_ path: String) -> MetaxyError {
    MetaxyError(
      Code("no_database"), "there is no database at `\(path)`", hints: ["`metaxy upgrade` creates it"])
  }

  static func cannotUseDatabase(_ path: String, cause: MetaxyError) -> MetaxyError {
    guard cause.code == Code("sqlite_26") else {
      return MetaxyError(Code("cannot_open_database"), "cannot use the database `\(path)`", cause: cause)
    }
    return MetaxyError(
      Code("not_a_database"), "`\(path)` is no SQLite database",
      hints: ["check the store's `url`; the file was left as it is"], cause: cause)
  }

  /// What SQLite says, with its own code: `sqlite_19` is a violated constraint. https://sqlite.org/rescode.html
  static func sqliteFailure(
    _ message: String, extendedCode: Int32, database: String, sql: String, offset: Int?
  ) -> MetaxyError {
    var hints: [String] = []
    switch extendedCode & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      hints.append("another program is writing to `\(database)`; try again when it is done")
    case SQLITE_READONLY: hints.append("`\(database)`, or the folder it lies in, may not be written to")
    case SQLITE_FULL: hints.append("the disk is full; make room and run the command again")
    default: break
    }
    if message.hasPrefix("Cannot add a NOT NULL column") {
      hints.append("the table holds rows, and no value is known for them: write a DEFAULT into the statement by hand")
    }
    var text = message
    if let line = StatementExcerpt.text(of: sql, atByte: offset) { text += "\n\(line)" }
    return MetaxyError(Code("sqlite_\(extendedCode & 0xFF)"), text, hints: hints)
  }

  static func cannotLock(_ database: String, path: String, reason: String) -> MetaxyError {
    MetaxyError(
      Code("cannot_lock"), "cannot lock the database `\(database)`: `\(path)`: \(reason.lowercased())",
      hints: ["a run keeps others away by this file; its folder must exist and be writable"])
  }

  static func typeNotStrict(_ word: String) -> MetaxyError {
    MetaxyError(
      Code("type_not_strict"), "a STRICT table of SQLite takes no column of type `\(word)`",
      hints: ["STRICT takes INT, INTEGER, REAL, TEXT, BLOB and ANY"])
  }
}
