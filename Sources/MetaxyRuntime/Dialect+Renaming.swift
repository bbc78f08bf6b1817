public import MetaxyFeatures
internal import MetaxySchema
internal import MetaxyScript

extension Dialect {
  /// Rewrites the tokens that name the column, and leaves all else as it is.
  ///
  /// For definitions and records alone, with which no database goes that could be asked.
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
      let isType = position > 0 && tokens[position - 1].isSymbol("::")
      let isName = !isType && (token.kind == .quotedIdentifier || (token.kind == .word && !isCall))
      result += source[end..<token.text.startIndex]
      result += isName && folded(token.value) == folded(old) ? spelling(of: new, like: token) : String(token.text)
      end = token.text.endIndex
    }
    result += source[end...]
    if expression.variants[name] == nil { renamed.text = result } else { renamed.variants[name] = result }
    return renamed
  }

  /// Without quotes where the old name had none and the new one needs none.
  private func spelling(of name: String, like token: SQLToken) -> String {
    let isPlain =
      name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
    return token.kind == .word && isPlain ? name : quoted(name)
  }
}
