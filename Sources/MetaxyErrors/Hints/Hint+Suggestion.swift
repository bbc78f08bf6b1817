extension Hint {
  /// Asks whether the closest candidate was meant; nil where none is close.
  package static func didYouMean(_ word: String, in candidates: some Sequence<String>) -> Hint? {
    Suggestion.closest(to: word, in: candidates).map { "did you mean `\($0)`?" }
  }
}
