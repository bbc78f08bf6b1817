/// A position in a list of tokens that advances over expected tokens.
struct TokenCursor {
  private let tokens: [SQLToken]
  private var index = 0

  init(_ tokens: [SQLToken]) {
    self.tokens = tokens
  }

  var isAtEnd: Bool { index >= tokens.count }

  /// Advances over the words if they all come next.
  mutating func skip(_ words: String...) -> Bool {
    guard index + words.count <= tokens.count else { return false }
    guard zip(tokens[index...], words).allSatisfy({ $0.isWord($1) }) else { return false }
    index += words.count
    return true
  }

  mutating func skip(symbol: String) -> Bool {
    guard index < tokens.count, tokens[index].isSymbol(symbol) else { return false }
    index += 1
    return true
  }

  /// Advances over a name, qualified or not.
  mutating func skipName() -> Bool {
    repeat {
      guard index < tokens.count, tokens[index].kind == .word || tokens[index].kind == .quotedIdentifier else {
        return false
      }
      index += 1
    } while skip(symbol: ".")
    return true
  }
}
