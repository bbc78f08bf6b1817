package import MetaxyErrors

extension SQLTokenizer {
  /// Returns a text with some of its tokens replaced and all other text unchanged.
  ///
  /// - Parameter replacement: returns the replacement of the token at a position; nil to keep the token.
  /// - Throws: the error of a text that cannot be tokenised.
  package static func replacing(
    in text: String, lexicon: Lexicon, _ replacement: (_ position: Int, _ tokens: [SQLToken]) -> String?
  ) throws(MetaxyError) -> String {
    let tokens = try tokens(of: text, lexicon: lexicon, includingComments: true)
    guard let source = tokens.first?.text.base else { return text }
    var result = ""
    var end = source.startIndex
    for (position, token) in tokens.enumerated() {
      result += source[end..<token.text.startIndex]
      result += replacement(position, tokens) ?? String(token.text)
      end = token.text.endIndex
    }
    return result + source[end...]
  }
}
