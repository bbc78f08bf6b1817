/// Lines of expected output, in which `…` matches unpredictable text.
struct OutputPattern {
  private static let wildcard: Character = "…"
  private let lines: [String]

  init(_ lines: [String]) { self.lines = lines }

  /// Returns whether a text matches, ignoring its last line end.
  func matches(_ text: String) -> Bool {
    let text = text.hasSuffix("\n") ? text.dropLast() : text[...]
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    return Self.matches(lines[...], found[...]) {
      Self.matches(Array($0)[...], Array($1)[...], ==) { $0 == Self.wildcard }
    } isWildcard: {
      $0 == String(Self.wildcard)
    }
  }

  /// Returns whether a line of a text contains the part.
  static func contains(_ part: String, in text: String) -> Bool {
    let pattern = [wildcard] + Array(part) + [wildcard]
    return text.split(separator: "\n", omittingEmptySubsequences: false).contains { line in
      matches(pattern[...], Array(line)[...], ==) { $0 == wildcard }
    }
  }

  private static func matches<Pattern, Element>(
    _ pattern: ArraySlice<Pattern>, _ elements: ArraySlice<Element>, _ isMatch: (Pattern, Element) -> Bool,
    isWildcard: (Pattern) -> Bool
  ) -> Bool {
    var pattern = pattern
    var elements = elements
    // The start of the last wildcard, which takes one more element if the rest does not match.
    var retry: (pattern: ArraySlice<Pattern>, elements: ArraySlice<Element>)?
    while true {
      if let first = pattern.first, isWildcard(first) {
        pattern.removeFirst()
        retry = (pattern, elements)
      } else if let first = pattern.first, let element = elements.first, isMatch(first, element) {
        pattern.removeFirst()
        elements.removeFirst()
      } else if pattern.isEmpty, elements.isEmpty {
        return true
      } else if let last = retry, !last.elements.isEmpty {
        retry = (last.pattern, last.elements.dropFirst())
        (pattern, elements) = (last.pattern, last.elements.dropFirst())
      } else {
        return false
      }
    }
  }
}
