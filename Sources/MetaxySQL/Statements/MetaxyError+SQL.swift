internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  static func unterminatedSQL(_ what: String, line: Int) -> MetaxyError {
    MetaxyError(.unterminatedSQL, "the \(what) that starts in line \(line) never ends")
  }

  static func nulInSQL(line: Int) -> MetaxyError {
    MetaxyError(
      .nulInSQL, "the SQL text contains a NUL character at or after line \(line)",
      hints: ["engines stop reading at a NUL: remove it"])
  }

  static func psqlCommand() -> MetaxyError {
    MetaxyError(
      .unsupportedSQL, "`\\` begins a command of psql, which is not SQL",
      hints: ["write it in SQL, or remove it"])
  }

  static func copyFromInput() -> MetaxyError {
    MetaxyError(
      .unsupportedSQL, "`COPY … FROM stdin` needs lines of data that are not SQL",
      hints: ["write the rows as `INSERT` statements"])
  }

  static func directiveInStatement(_ directive: Substring) -> MetaxyError {
    MetaxyError(
      .malformedRevision, "`\(directive)` is inside a statement: end the statement above it with `;`")
  }

  static func directiveBehindText(_ directive: Substring) -> MetaxyError {
    MetaxyError(.malformedRevision, "`\(directive)` must begin its line, above the statement that it concerns")
  }

  static func transactionStatement(_ word: String) -> MetaxyError {
    MetaxyError(
      .refusedStatement, "`\(word)` cannot be in a section: the runner begins and ends transactions")
  }

  static func refusedStatement(_ word: String, reason: String) -> MetaxyError {
    MetaxyError(.refusedStatement, "`\(word)` cannot be in a section: \(reason)")
  }

  static func needsTransaction(_ word: String) -> MetaxyError {
    MetaxyError(
      .refusedStatement,
      "this `\(word)` cannot be in a section with `transaction:false`: only index builds and drops, `REINDEX`, "
        + "`VALIDATE CONSTRAINT`, `ALTER TYPE … ADD VALUE`, `VACUUM` and `ANALYZE` may")
  }
}
