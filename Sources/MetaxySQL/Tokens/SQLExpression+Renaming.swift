package import MetaxyFeatures

extension SQLExpression {
  /// Rewrites the tokens that name a column, and leaves all else as it is, as `RENAME COLUMN` does.
  ///
  /// - Parameters:
  ///   - dialect: whose text it is.
  ///   - isName: whether a token that can be a name is the column's.
  ///   - new: the new name; quoted where the old one was, or where it needs quotes.
  package func replacingNames(
    for dialect: String, lexicon: Lexicon, where isName: (SQLToken) -> Bool, with new: String,
    quoted: String
  ) -> SQLExpression {
    let text = text(for: dialect)
    // What cannot be read is left as it is; the engine would not take it either.
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
  /// Whether a name of small letters can be no keyword's twin: `bytes_read`; one word may be, so it must hold more.
  fileprivate var needsNoQuotes: Bool {
    utf8.contains(UInt8(ascii: "_"))
      && utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
  }
}
