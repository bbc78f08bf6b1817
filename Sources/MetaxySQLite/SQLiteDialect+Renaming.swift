public import MetaxyFeatures
internal import MetaxySchema
internal import MetaxyScript

extension SQLiteDialect {
  /// Rewrites the tokens that name the column, and leaves all else as it is, as RENAME COLUMN does.
  public func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    var renamed = expression
    let text = expression.text(for: name)
    // What cannot be read is left as it is; the engine would not take it either.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon, includingComments: true) else {
      return expression
    }
    guard let source = tokens.first?.text.base else { return expression }
    var result = ""
    var end = source.startIndex
    for (position, token) in tokens.enumerated() {
      let isCall = position + 1 < tokens.count && tokens[position + 1].isSymbol("(")
      let isName = token.kind == .quotedIdentifier || (token.kind == .word && !isCall)
      result += source[end..<token.text.startIndex]
      result += isName && token.value.folded == old.folded ? quoted(new) : String(token.text)
      end = token.text.endIndex
    }
    result += source[end...]
    if expression.variants[name] == nil { renamed.text = result } else { renamed.variants[name] = result }
    return renamed
  }
}
