package import MetaxyErrors

extension MetaxyError {
  /// The SQLSTATE with which a server refused a statement, of this error or its cause; nil if there is none.
  ///
  /// `55P03` is a lock that was not available in time. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
  package var sqlState: String? {
    payload.sqlState ?? (cause as? MetaxyError)?.sqlState
  }

  /// The server's report, with its own code: `postgresql_23505` is a violated unique constraint.
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
      "another session holds the lock; `lock_timeout` in [ext.migrations] sets how long to wait for it"
    case "42501": "the role lacks a privilege: have the owner grant it, or connect as another role"
    case "25006": "this server is a standby, or the role may only read; run the statement where the role may write"
    case "53100": "the server's disk is full; free space and run the command again"
    default: nil
    }
  }

  static func libpqMissing(_ reasons: [String]) -> MetaxyError {
    MetaxyError(
      .noLibPQ,
      "PostgreSQL needs libpq, which is not installed" + reasons.prefix(1).map { ": \($0)" }.joined(),
      hints: ["install it: `apt install libpq5`, or `brew install libpq`"])
  }

  static func libpqTooOld(_ name: String, missing function: String) -> MetaxyError {
    MetaxyError(
      .noLibPQ, "the installed libpq, `\(name)`, is too old: it lacks `\(function)`",
      hints: ["install a newer one: `apt install libpq5`, or `brew install libpq`"])
  }

  static func unreadableConnectionString(_ displayText: String, reason: String) -> MetaxyError {
    MetaxyError(
      .invalidStoreURL, "libpq cannot read `\(displayText)`: \(reason)", Payload(database: displayText),
      hints: ["in a password, write `%` as `%25`, `/` as `%2F`, `@` as `%40`, and `:` as `%3A`"])
  }

  static func cannotConnect(_ displayText: String, reason: String, hints: [Hint]) -> MetaxyError {
    MetaxyError(
      .cannotConnect, "cannot connect to `\(displayText)`: \(reason)", Payload(database: displayText), hints: hints)
  }

  static func databaseMissing(_ displayText: String, name: String) -> MetaxyError {
    MetaxyError(
      .noDatabase, "there is no database `\(name)` on the server of `\(displayText)`", Payload(database: displayText),
      hints: ["`createdb \(ShellWord.quoted(name))` creates it, with the server's `--host`, `--port` and `--username`"])
  }

  static func serverTooOld(_ displayText: String, _ version: PostgreSQLVersion) -> MetaxyError {
    MetaxyError(
      .serverTooOld,
      "the server of `\(displayText)` is PostgreSQL \(version), but metaxy needs \(PostgreSQLVersion.floor.major) or newer",
      Payload(database: displayText))
  }

  static func standby(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .readOnlyServer, "the server of `\(displayText)` is a standby, which can only be read",
      Payload(database: displayText),
      hints: [
        "connect to the primary: `?target_session_attrs=read-write` in the store's `url` chooses it among several hosts"
      ])
  }

  static func unsupportedServer(
    _ displayText: String, product: String, missing capability: String, cause: MetaxyError? = nil
  ) -> MetaxyError {
    MetaxyError(
      .unsupportedServer,
      "the server of `\(displayText)` is \(product), which lacks \(capability)", Payload(database: displayText),
      hints: ["connect to PostgreSQL \(PostgreSQLVersion.floor.major) or newer"], cause: cause)
  }

  static func noSchema(_ path: String, _ displayText: String) -> MetaxyError {
    MetaxyError(
      .noSchema,
      "`\(displayText)` has no schema for its tables: the role can use none of `\(path)`",
      Payload(database: displayText),
      hints: [
        "create it and grant the role USAGE and CREATE on it, or set another one in the store's `url`:"
          + " `?options=-csearch_path%3DNAME`"
      ])
  }

  static func poolerRefused(_ displayText: String) -> MetaxyError {
    MetaxyError(
      .pooler,
      "`\(displayText)` is a pooler that runs each transaction in another server process, so locks and settings of the session"
        + " are lost",
      Payload(database: displayText),
      hints: ["connect to the server, or to a pool in session mode"])
  }

  static func copyRefused() -> MetaxyError {
    MetaxyError(
      .copyRefused, "COPY from or to the client is not supported: a statement has no data",
      hints: ["write the rows as INSERT, or COPY from a file of the server"])
  }

  static func nulInText() -> MetaxyError {
    MetaxyError(.nulInText, "a text contains the character NUL, which PostgreSQL cannot store")
  }
}
