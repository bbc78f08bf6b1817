package import MetaxyErrors
internal import MetaxyNames

/// An expression as a sequence of tokens; equality ignores white space, letter case and unnecessary quotes.
package struct ExpressionTokens: Hashable, Sendable {
  private var tokens: [String]

  /// Reads `expression`; ignores comments and parentheses around the whole expression.
  ///
  /// - Parameter foldsQuotedNames: whether `a`, `"a"` and `"A"` are one name.
  package init(_ expression: String, lexicon: Lexicon, foldsQuotedNames: Bool = true) throws(MetaxyError) {
    var tokens = try SQLTokenizer.tokens(of: expression, lexicon: lexicon)[...]
    while Self.isParenthesised(tokens) { tokens = tokens.dropFirst().dropLast() }
    self.tokens = tokens.map { Self.comparable($0, foldsQuotedNames) }
  }

  /// Keeps names and strings apart: `a` and `A` are one name, `'a'` is a string.
  private static func comparable(_ token: SQLToken, _ foldsQuotedNames: Bool) -> String {
    switch token.kind {
    case .quotedIdentifier where !foldsQuotedNames: "q" + token.value
    case .word, .quotedIdentifier: "n" + token.value.folded
    case .string: "s" + token.value
    case .blob: "b" + token.value.folded
    default: "x" + String(token.text).folded
    }
  }

  /// Whether the last token closes the parenthesis that the first token opens.
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
