internal import MetaxyErrors

extension MetaxyError {
  static func unterminatedSQL(_ what: String, line: Int) -> MetaxyError {
    MetaxyError(.unterminatedSQL, "the \(what) that opens in line \(line) never closes")
  }

  static func nulInSQL(line: Int) -> MetaxyError {
    MetaxyError(
      .nulInSQL, "a NUL character stands in the SQL text at or after line \(line)",
      hints: ["engines stop reading at a NUL: remove it"])
  }

  static func psqlCommand() -> MetaxyError {
    MetaxyError(
      .unsupportedSQL, "`\\` begins a command of psql's own, which no database understands",
      hints: ["write what it does in SQL, or leave it out"])
  }

  static func copyFromInput() -> MetaxyError {
    MetaxyError(
      .unsupportedSQL, "`COPY … FROM stdin` needs lines of data that are no SQL",
      hints: ["write the rows as `INSERT` statements"])
  }

  static func directiveInStatement(_ directive: Substring) -> MetaxyError {
    MetaxyError(
      .malformedRevision, "`\(directive)` stands inside a statement: end the statement above it with `;`")
  }

  static func directiveBehindText(_ directive: Substring) -> MetaxyError {
    MetaxyError(.malformedRevision, "`\(directive)` must begin its line, above the statement that it concerns")
  }

  static func transactionStatement(_ word: String) -> MetaxyError {
    MetaxyError(
      .refusedStatement, "`\(word)` may not stand in a section: the runner begins and ends transactions")
  }

  static func refusedStatement(_ word: String, reason: String) -> MetaxyError {
    MetaxyError(.refusedStatement, "`\(word)` may not stand in a section: \(reason)")
  }

  static func needsTransaction(_ word: String) -> MetaxyError {
    MetaxyError(
      .refusedStatement,
      "this `\(word)` may not stand in a section with `transaction:false`: only index builds and drops, `REINDEX`, "
        + "`VALIDATE CONSTRAINT`, `ALTER TYPE … ADD VALUE`, `VACUUM` and `ANALYZE` may")
  }
}
