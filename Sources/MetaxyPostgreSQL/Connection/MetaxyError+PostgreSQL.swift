package import MetaxyErrors
internal import MetaxySQL

extension MetaxyError {
  /// The SQLSTATE with which a server refused a statement, of this error or its cause; nil if there is none.
  ///
  /// `55P03` is a lock that was not available in time. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
  package var sqlState: String? {
    payload.sqlState ?? (cause as? MetaxyError)?.sqlState
  }

  /// What the server says, with its own code: `postgresql_23505` is a violated unique constraint.
  static func refused(_ report: PostgreSQLReport, sql: String) -> MetaxyError {
    var text = report.message
    if let state = report.sqlState { text += " (SQLSTATE \(state))" }
    let offset = StatementExcerpt.offset(in: sql, ofScalar: report.position.map { $0 - 1 })
    let excerpt =
      StatementExcerpt.text(of: sql, atByte: offset)
      ?? report.internalQuery.flatMap { query in
        StatementExcerpt.text(
          of: query, atByte: StatementExcerpt.offset(in: query, ofScalar: report.internalPosition.map { $0 - 1 }))
      }
    if let excerpt { text += "\n\(excerpt)" }
    if let detail = report.detail { text += "\n  \(detail)" }
    if let constraint = report.constraint, !text.contains(constraint) { text += "\n  constraint `\(constraint)`" }
    if let context = report.context {
      text += context.split(separator: "\n").map { "\n  in: \($0)" }.joined()
    }
    return MetaxyError(
      report.sqlState.map(Code.postgreSQL) ?? .libPQ, text,
      Payload(
        schema: report.schema, table: report.table, column: report.column, sql: sql,
        sqlOffset: offset, sqlState: report.sqlState, constraint: report.constraint),
      hints: [report.hint.map { Hint($0) }, hint(for: report.sqlState)].compactMap(\.self))
  }

  private static func hint(for sqlState: String?) -> Hint? {
    switch sqlState {
    case "55P03":
      "another session holds a lock that this needs; `lock_timeout` in [ext.migrations] says how long to wait for it"
    case "42501": "the role lacks a right: let the owner grant it, or connect as another role"
    case "25006": "this server is a standby, or the role may only read; the statement has to run where it may write"
    case "53100": "the server's disk is full; make room and run the command again"
    default: nil
    }
  }

  static func libpqMissing(_ reasons: [String]) -> MetaxyError {
    MetaxyError(
      .noLibPQ,
      "PostgreSQL needs libpq, which is not installed here" + reasons.prefix(1).map { ": \($0)" }.joined(),
      hints: ["install it: `apt install libpq5`, or `brew install libpq`"])
  }

  static func libpqTooOld(_ name: String, missing function: String) -> MetaxyError {
    MetaxyError(
      .noLibPQ, "the libpq that is installed here, `\(name)`, lacks `\(function)`",
      hints: ["install a newer one: `apt install libpq5`, or `brew install libpq`"])
  }

  static func unreadableConnectionString(_ displayText: String, reason: String) -> MetaxyError {
    MetaxyError(
      .invalidStoreURL, "libpq cannot read `\(displayText)`: \(reason)",
      hints: ["in a password `%` is written `%25`, `/` is `%2F`, `@` is `%40`, and `:` is `%3A`"])
  }

  static func cannotConnect(_ displayText: String, reason: String, hints: [Hint]) -> MetaxyError {
    MetaxyError(.cannotConnect, "cannot connect to `\(displayText)`: \(reason)", hints: hints)
  }

  static func databaseMissing(_ displayText: String, name: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database `\(name)` on the server of `\(displayText)`",
      hints: ["`createdb \(name)` creates it, with the server's `--host`, `--port` and `--username`"])
  }

  static func serverTooOld(_ displayText: String, _ version: PostgreSQLVersion) -> MetaxyError {
    MetaxyError(
      .serverTooOld,
      "the server of `\(displayText)` is PostgreSQL \(version), and metaxy needs \(PostgreSQLVersion.floor.major) or newer"
    )
  }

  static func noSchema(_ path: String, _ displayText: String) -> MetaxyError {
    MetaxyError(
      .noSchema,
      "`\(displayText)` has no schema for its tables: none of `\(path)` is there and open to the role",
      hints: [
        "create it and grant the role USAGE and CREATE on it, or name another in the store's `url`:"
          + " `?options=-csearch_path%3DNAME`"
      ])
  }

  static func cannotInterrupt(_ reason: String) -> MetaxyError {
    MetaxyError(.noInterruption, "cannot prepare for an interruption: \(reason.lowercased())")
  }

  static func poolerInTheWay(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .pooler,
      "`\(displayText)` is reached through a pooler that gives each transaction to another process of the server, where locks and"
        + " settings of a session are lost, and met by others",
      hints: ["connect to the server itself, or to a pool in session mode"])
  }

  static func runLockLost(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .runLockLost, "the lock that keeps other runs away from `\(displayText)` is no longer held",
      hints: [
        "a statement of a revision let it go, as `pg_advisory_unlock_all` does, or a pooler gave the connection another"
          + " process of the server"
      ])
  }

  static func copyRefused() -> MetaxyError {
    MetaxyError(
      .copyRefused, "COPY from or to the client is not possible: there are no rows beside a statement",
      hints: ["write the rows as INSERT, or COPY from a file of the server"])
  }

  static func nulInText() -> MetaxyError {
    MetaxyError(.nulInText, "a text holds the character NUL, which PostgreSQL cannot store")
  }

  static func scratchTaken(_ name: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "the temporary database `\(name)` is somebody else's", hints: ["run the command again"])
  }

  static func scratchLeft(_ tables: [TableName], _ displayText: String) -> MetaxyError {
    MetaxyError(
      .noScratch,
      "\(tables.map { "`\($0)`" }.joined(separator: ", ")) cannot be tried out: the role may create no database on the server of"
        + " `\(displayText)`, and a scratch schema holds only names without a schema",
      hints: ["set `scratch_url` in [ext.migrations] to a server on which the role may create databases"])
  }

  static func noScratch(_ displayText: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .noScratch, "`\(displayText)` has no place where definitions could be tried out",
      hints: ["set `scratch_url` in [ext.migrations] to a server on which the role may create databases"], cause: cause)
  }

  static func cannotBackUp(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .cannotBackUp, "metaxy copies files, and `\(displayText)` is on a server: so nothing was done",
      hints: [
        "`pg_dump --format=custom --file=FILE URL` backs a PostgreSQL database up; then run the command without `--backup`"
      ])
  }
}
