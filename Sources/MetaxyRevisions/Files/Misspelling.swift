internal import MetaxyErrors

/// Tells of a word that nobody knows, and of the one that was probably meant.
enum Misspelling {
  static func message(_ what: String, _ word: String, known: [String]) -> String {
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    guard let meant = Suggestion.closest(to: word, in: known) else {
      return "unknown \(what) `\(word)`: known are \(list)"
    }
    return "unknown \(what) `\(word)`: did you mean `\(meant)`?"
  }
}
