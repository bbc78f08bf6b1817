internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxySQL

/// Expressions as PostgreSQL prints them.
enum ExpressionText {
  /// An expression without parentheses around the whole: PostgreSQL prints `(height > 0)`, and a check or an index puts it
  /// in parentheses anyway.
  static func bare(_ text: String) -> SQLExpression {
    // A text that cannot be read, which PostgreSQL does not print, stays as it is.
    guard var tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql)[...] else { return SQLExpression(text) }
    var bare = text[...]
    while isParenthesised(tokens), let first = tokens.popFirst(), let last = tokens.popLast() {
      bare = bare[first.text.endIndex..<last.text.startIndex]
    }
    return SQLExpression(String(bare.drop(while: \.isWhitespace)))
  }

  /// The function whose call the expression is: `lower` of `lower(path)`; nil for all else.
  static func calledFunction(_ expression: SQLExpression) -> String? {
    let text = expression.text(for: PostgreSQLTypes.dialect)
    // A text that cannot be read is no call.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql),
      let first = tokens.first, first.kind == .word, isParenthesised(tokens.dropFirst())
    else { return nil }
    return first.text.lowercased()
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
