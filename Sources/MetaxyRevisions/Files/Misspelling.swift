internal import MetaxyErrors

/// Builds the message for an unknown word, with the most similar known word.
enum Misspelling {
  static func message(_ what: String, _ word: String, known: [String]) -> String {
    let list = Wording.list(known)
    guard let meant = Suggestion.closest(to: word, in: known) else {
      return "unknown \(what) `\(word)`: known are \(list)"
    }
    return "unknown \(what) `\(word)`: did you mean `\(meant)`?"
  }
}
