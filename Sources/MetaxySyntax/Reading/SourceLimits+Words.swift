// Words and numbers.
extension SourceLimits {
  mutating func readWord() -> Problem? {
    let word = word(at: offset)
    let isNumber = word.first.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
    guard !isNumber || word.count <= Self.digits else {
      return Problem(
        message: "a number of \(word.count) digits is longer than the \(Self.digits) that metaxy reads", offset: offset)
    }
    let packed = Self.packed(word)
    if Self.declarations.contains(packed) { arrows = 0 }
    prefixWords = Self.prefixes.contains(packed) ? prefixWords + 1 : 0
    if prefixWords > Self.words { return tooDeep("keywords", Self.words) }
    offset += word.count
    return nil
  }

  func word(at start: Int) -> ArraySlice<UInt8> {
    var end = start
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    return bytes[start..<end]
  }

  /// The keywords that another one, an expression or a type follows, which is then nested in it: `try await x`.
  private static let prefixes = packed([
    "any", "as", "await", "case", "consume", "copy", "defer", "do", "each", "else", "for", "func", "get", "guard", "if",
    "in", "inout", "is", "let", "repeat", "return", "set", "some", "switch", "throw", "try", "unsafe", "var", "while",
    "yield",
  ])

  /// The keywords that begin a declaration, where an earlier type has ended.
  private static let declarations = packed(["case", "func", "init", "let", "var"])

  private static func packed(_ words: [String]) -> Set<UInt64> { Set(words.map { packed(Array($0.utf8)[...]) }) }

  /// The bytes of a word as a number, so that no text is made of each word of a file; 0 if they are more than eight.
  private static func packed(_ word: ArraySlice<UInt8>) -> UInt64 {
    word.count > 8 ? 0 : word.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
