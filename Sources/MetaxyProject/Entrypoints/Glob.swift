/// A path pattern: `*` and `?` match characters of one name, `[a-z]` and `[!a-z]` match one character of a set, `**`
/// matches any number of directories.
///
/// A name that starts with a dot only matches a pattern that starts with a dot.
struct Glob {
  enum Component {
    /// `**`
    case anyDirectories
    case name([Element])
  }

  enum Element: Hashable {
    case literal(Character)
    /// `?`
    case any
    /// `*`
    case anyRun
    case oneOf([ClosedRange<Character>], isNegated: Bool)
  }

  let components: [Component]

  /// Returns whether a text contains a character that makes it a pattern.
  static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  /// Parses a pattern; nil if a `[` is never closed.
  init?(_ pattern: String) {
    var components: [Component] = []
    for part in pattern.split(separator: "/") where part != "." {
      if part == "**" {
        components.append(.anyDirectories)
      } else {
        guard let elements = Self.elements(of: part) else { return nil }
        components.append(.name(elements))
      }
    }
    self.components = components
  }

  private static func elements(of part: Substring) -> [Element]? {
    var elements: [Element] = []
    var rest = part
    while let character = rest.popFirst() {
      switch character {
      case "*": elements.append(.anyRun)
      case "?": elements.append(.any)
      case "[":
        guard let element = takeSet(&rest) else { return nil }
        elements.append(element)
      default: elements.append(.literal(character))
      }
    }
    return elements
  }

  /// Takes the set after a `[`; a `]` at its start is one of its characters.
  private static func takeSet(_ rest: inout Substring) -> Element? {
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let first = rest.popFirst() {
      if first == "]", !ranges.isEmpty { return .oneOf(ranges, isNegated: isNegated) }
      var last = first
      let ahead = rest.dropFirst().first
      if rest.first == "-", let ahead, ahead != "]" {
        rest.removeFirst(2)
        last = ahead
      }
      ranges.append(min(first, last)...max(first, last))
    }
    return nil
  }
}

extension [Glob.Element] {
  /// Returns whether a name matches. The number of steps is at most the product of the lengths.
  func matches(_ name: String) -> Bool {
    if name.hasPrefix("."), first != .literal(".") { return false }
    let name = [Character](name)
    var position = 0
    var element = 0
    var lastRun: (element: Int, position: Int)?
    while position < name.count {
      if element < count, self[element] == .anyRun {
        lastRun = (element, position)
        element += 1
      } else if element < count, self[element].matches(name[position]) {
        element += 1
        position += 1
      } else if let run = lastRun {
        lastRun = (run.element, run.position + 1)
        element = run.element + 1
        position = run.position + 1
      } else {
        return false
      }
    }
    return self[element...].allSatisfy { $0 == .anyRun }
  }
}

extension Glob.Element {
  func matches(_ character: Character) -> Bool {
    switch self {
    case .literal(let other): character == other
    case .any, .anyRun: true
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
    }
  }
}
