package import MetaxyErrors

extension SQLTokenizer {
  /// Returns a text with some of its tokens replaced, and all else as it was written.
  ///
  /// - Parameter replacement: what stands in the place of the token at a position; nil where it stays.
  /// - Throws: what cannot be read as tokens.
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
