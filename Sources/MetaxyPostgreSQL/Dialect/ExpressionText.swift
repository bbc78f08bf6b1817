internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL

/// Reads expressions that PostgreSQL prints.
enum ExpressionText {
  /// Returns an expression without outer parentheses: PostgreSQL prints `(height > 0)`, and a check or an index adds
  /// parentheses anyway.
  static func bare(_ text: String) -> SQLExpression {
    // A text that cannot be tokenised stays as it is; PostgreSQL never prints one.
    guard var tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql)[...] else { return SQLExpression(text) }
    var bare = text[...]
    while isParenthesised(tokens), let first = tokens.popFirst(), let last = tokens.popLast() {
      bare = bare[first.text.endIndex..<last.text.startIndex]
    }
    return SQLExpression(String(bare.drop(while: \.isWhitespace)))
  }

  /// Returns the function of an expression that is a call: `lower` of `lower(path)`; nil for any other expression.
  static func calledFunction(_ expression: SQLExpression) -> String? {
    let text = expression.text(for: PostgreSQLTypes.dialect)
    // A text that cannot be tokenised is not a call.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql),
      let first = tokens.first, first.kind == .word, isParenthesised(tokens.dropFirst())
    else { return nil }
    return first.text.lowercased()
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
