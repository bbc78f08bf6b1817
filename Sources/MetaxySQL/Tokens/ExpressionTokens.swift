package import MetaxyErrors

/// An expression as a stream of tokens, to compare it with another whatever its white space, capitals and needless quotes.
package struct ExpressionTokens: Hashable, Sendable {
  private var tokens: [String]

  /// Reads `expression`; comments and parentheses around the whole do not count.
  ///
  /// - Parameter foldsQuotedNames: whether `a`, `"a"` and `"A"` are one name.
  package init(_ expression: String, lexicon: Lexicon, foldsQuotedNames: Bool = true) throws(MetaxyError) {
    var tokens = try SQLTokenizer.tokens(of: expression, lexicon: lexicon)[...]
    while Self.isParenthesised(tokens) { tokens = tokens.dropFirst().dropLast() }
    self.tokens = tokens.map { Self.comparable($0, foldsQuotedNames) }
  }

  /// The names and texts apart: `a` and `A` are one name, `'a'` is a text.
  private static func comparable(_ token: SQLToken, _ foldsQuotedNames: Bool) -> String {
    switch token.kind {
    case .quotedIdentifier where !foldsQuotedNames: "q" + token.value
    case .word, .quotedIdentifier: "n" + token.value.folded
    case .string: "s" + token.value
    case .blob: "b" + token.value.folded
    default: "x" + String(token.text).folded
    }
  }

  /// Whether the first token is a parenthesis that the last one closes.
  private static func isParenthesised(_ tokens: ArraySlice<SQLToken>) -> Bool {
    guard let first = tokens.first, first.isSymbol("(") else { return false }
    var depth = 0
    for (position, token) in tokens.enumerated() {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0 { return position == tokens.count - 1 }
    }
    return false
  }
}
