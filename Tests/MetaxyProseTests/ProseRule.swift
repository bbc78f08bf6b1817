/// An expression that the project does not use, with the better one.
struct ProseRule: Sendable {
  /// Words in lower case. `a|b` is one of two words, `*` is any word.
  var pattern: String
  /// The better expression, for the message.
  var better: String
  /// Expressions that contain the pattern and are correct.
  var exceptions: [String] = []
  /// A text that breaks the rule.
  var hit: String
  /// A similar text that breaks no rule.
  var miss: String
}

/// A place that breaks a rule.
struct ProseFinding: Equatable {
  var line: Int
  var words: String
  var better: String
}

/// Finds the expressions of rules in texts.
struct ProseCheck {
  /// A set of alternatives for each word; an empty set is any word.
  private typealias Pattern = [Set<String>]

  private struct Entry {
    var pattern: Pattern
    var exceptions: [Pattern]
    var better: String
  }

  private var entries: [String: [Entry]] = [:]

  init(_ rules: [ProseRule]) {
    for rule in rules {
      let entry = Entry(
        pattern: Self.pattern(rule.pattern), exceptions: rule.exceptions.map(Self.pattern), better: rule.better)
      for word in entry.pattern.first ?? [] { entries[word, default: []].append(entry) }
    }
  }

  func findings(in text: ProseText) -> [ProseFinding] {
    text.runs.flatMap { run in
      run.indices.flatMap { start in
        (entries[run[start].text] ?? []).compactMap { entry in finding(entry, in: run, at: start) }
      }
    }
  }

  private func finding(_ entry: Entry, in run: [ProseText.Word], at start: Int) -> ProseFinding? {
    guard Self.matches(entry.pattern, run, at: start) else { return nil }
    let end = start + entry.pattern.count
    let isException = entry.exceptions.contains { exception in
      stride(from: max(0, end - exception.count), through: start, by: 1).contains {
        Self.matches(exception, run, at: $0)
      }
    }
    guard !isException else { return nil }
    let words = run[start..<end].map(\.text).joined(separator: " ")
    return ProseFinding(line: run[start].line, words: words, better: entry.better)
  }

  private static func matches(_ pattern: Pattern, _ run: [ProseText.Word], at start: Int) -> Bool {
    guard start + pattern.count <= run.count else { return false }
    return zip(pattern, run[start...]).allSatisfy { $0.isEmpty || $0.contains($1.text) }
  }

  private static func pattern(_ text: String) -> Pattern {
    text.split(separator: " ").map { $0 == "*" ? [] : Set($0.split(separator: "|").map(String.init)) }
  }
}
