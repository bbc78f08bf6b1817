package import MetaxyErrors

/// The rules on the statements of a revision, checked on their tokens alone.
package enum StatementRules {
  /// The words that begin or end a transaction, which only the runner may do.
  private static let transactionWords: Set<String> = [
    "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
  ]

  /// Returns the error if a revision must not contain this statement; nil if it may.
  package static func refusal(
    of statement: ScannedStatement, lexicon: Lexicon, outsideTransaction: Bool = false
  ) -> MetaxyError? {
    let word = statement.tokens.first.map { $0.kind == .word ? $0.text.uppercased() : "" } ?? ""
    if transactionWords.contains(word) { return .transactionStatement(word) }
    if isPreparedTransaction(statement.tokens) { return .transactionStatement("PREPARE TRANSACTION") }
    if let reason = lexicon.refusedStatements[word] { return .refusedStatement(word, reason: reason) }
    if outsideTransaction, !mayRunOutsideTransaction(statement) { return .needsTransaction(word) }
    return nil
  }

  /// Returns whether a section without a transaction may contain the statement.
  ///
  /// Allowed are the statements that an engine refuses inside a transaction, or that hold a lock too long there: index
  /// builds and drops, `REINDEX`, `VACUUM`, `ANALYZE`, `VALIDATE CONSTRAINT` and `ALTER TYPE … ADD VALUE`. None of them
  /// can change an object that is not managed.
  package static func mayRunOutsideTransaction(_ statement: ScannedStatement) -> Bool {
    var words = TokenCursor(statement.tokens)
    if words.skip("REINDEX") || words.skip("VACUUM") || words.skip("ANALYZE") { return true }
    if words.skip("DROP") { return words.skip("INDEX") }
    if words.skip("CREATE") {
      _ = words.skip("UNIQUE")
      return words.skip("INDEX")
    }
    guard words.skip("ALTER") else { return false }
    if words.skip("TYPE") { return words.skipName() && words.skip("ADD", "VALUE") }
    return words.skip("TABLE") && validatesOnly(&words)
  }

  /// Reads `[IF EXISTS] [ONLY] name VALIDATE CONSTRAINT name [, VALIDATE CONSTRAINT name …]` and nothing else.
  private static func validatesOnly(_ words: inout TokenCursor) -> Bool {
    _ = words.skip("IF", "EXISTS")
    _ = words.skip("ONLY")
    guard words.skipName() else { return false }
    repeat {
      guard words.skip("VALIDATE", "CONSTRAINT"), words.skipName() else { return false }
    } while words.skip(symbol: ",")
    return words.isAtEnd
  }

  private static func isPreparedTransaction(_ tokens: [SQLToken]) -> Bool {
    var words = TokenCursor(tokens)
    return words.skip("PREPARE", "TRANSACTION")
  }

  /// Refuses a backslash, which is not SQL: it starts psql's own commands.
  static func refuseForeign(_ token: SQLToken) throws(SQLProblem) {
    if token.isSymbol("\\") { throw SQLProblem(error: .psqlCommand(), position: token.position) }
  }

  /// Refuses `COPY … FROM stdin`: the lines of data that follow it can only be sent by psql.
  static func refuseCopyFromInput(_ tokens: [SQLToken]) throws(SQLProblem) {
    guard let first = tokens.first, first.isWord("COPY") else { return }
    for (word, next) in zip(tokens, tokens.dropFirst()) where word.isWord("FROM") && next.isWord("STDIN") {
      throw SQLProblem(error: .copyFromInput(), position: first.position)
    }
  }
}
