extension Hint {
  /// Suggests the closest candidate; nil if none is similar.
  package static func didYouMean(_ word: String, in candidates: some Sequence<String>) -> Hint? {
    Suggestion.closest(to: word, in: candidates).map { "did you mean `\($0)`?" }
  }
}
