package import MetaxyFeatures

extension SQLExpression {
  /// Renames the tokens that name a column and keeps all other text, as `RENAME COLUMN` does.
  ///
  /// - Parameters:
  ///   - dialect: the dialect of the text.
  ///   - isName: whether a token that can be a name is the column's name.
  ///   - new: the new name; quoted if the old one was, or if it needs quotes.
  package func replacingNames(
    for dialect: String, lexicon: Lexicon, where isName: (SQLToken) -> Bool, with new: String,
    quoted: String
  ) -> SQLExpression {
    let text = text(for: dialect)
    // An expression that cannot be tokenised stays as it is; the engine would refuse it too.
    let result = try? SQLTokenizer.replacing(in: text, lexicon: lexicon) { position, tokens in
      let token = tokens[position]
      let isCall = position + 1 < tokens.count && tokens[position + 1].isSymbol("(")
      let isType = position > 0 && tokens[position - 1].isSymbol("::")
      let canBeName = !isType && (token.kind == .quotedIdentifier || (token.kind == .word && !isCall))
      let spelling = token.kind == .word && new.needsNoQuotes ? new : quoted
      return canBeName && isName(token) ? spelling : nil
    }
    guard let result else { return self }
    var renamed = self
    if variants[dialect] == nil { renamed.text = result } else { renamed.variants[dialect] = result }
    return renamed
  }
}

extension String {
  /// Whether a lower-case name cannot be a keyword because it contains `_`, such as `bytes_read`.
  fileprivate var needsNoQuotes: Bool {
    utf8.contains(UInt8(ascii: "_"))
      && utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
  }
}
