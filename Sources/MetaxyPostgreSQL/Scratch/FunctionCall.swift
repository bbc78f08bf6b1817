internal import MetaxyNames
internal import MetaxySQL

/// A name before a parenthesis, which calls a function of this name unless it is a keyword or a type.
struct FunctionCall {
  var name: String
  var position: SQLPosition

  static func all(in tokens: ArraySlice<SQLToken>) -> [FunctionCall] {
    zip(tokens, tokens.dropFirst()).compactMap { token, next in
      guard next.isSymbol("("), token.kind == .word || token.kind == .quotedIdentifier else { return nil }
      let isKeyword = token.kind == .word && keywords.contains(token.text.uppercased())
      return isKeyword ? nil : FunctionCall(name: token.name(foldsNames: true), position: token.position)
    }
  }

  /// The words that can precede a parenthesis in an expression or a query and call nothing.
  private static let keywords: Set<String> = [
    "ALL", "AND", "ANY", "ARRAY", "AS", "BY", "CASE", "CHECK", "DISTINCT", "ELSE", "EXISTS", "FROM", "HAVING", "IN",
    "INTO", "IS", "JOIN", "LIKE", "LIMIT", "NOT", "ON", "OR", "OVER", "ROW", "SELECT", "SOME", "THEN", "UNION", "USING",
    "VALUES", "WHEN", "WHERE",
  ]
}
