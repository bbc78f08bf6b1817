internal import MetaxyErrors
internal import MetaxySchema
internal import MetaxyScript

/// Changes single tokens of a text, and leaves all else as it was written.
enum TokenRewriting {
  /// - Parameter replacement: what stands in the place of the token at a position; nil where it stays.
  /// - Throws: what cannot be read as tokens.
  static func text(
    _ text: String, _ replacement: (_ position: Int, _ tokens: [SQLToken]) -> String?
  ) throws(MetaxyError) -> String {
    let tokens = try SQLTokenizer.tokens(of: text, lexicon: .sqlite, includingComments: true)
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
