public import MetaxyFeatures
internal import MetaxySchema
internal import MetaxyScript

extension SQLiteDialect {
  /// Rewrites the tokens that name the column, and leaves all else as it is, as RENAME COLUMN does.
  public func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    var renamed = expression
    let text = expression.text(for: name)
    // What cannot be read is left as it is; the engine would not take it either.
    let result = try? TokenRewriting.text(text) { position, tokens in
      let token = tokens[position]
      let isCall = position + 1 < tokens.count && tokens[position + 1].isSymbol("(")
      let isName = token.kind == .quotedIdentifier || (token.kind == .word && !isCall)
      return isName && token.value.folded == old.folded ? quoted(new) : nil
    }
    guard let result else { return expression }
    if expression.variants[name] == nil { renamed.text = result } else { renamed.variants[name] = result }
    return renamed
  }
}
