/// The lines in which two texts differ, as `diff -u` prints them.
enum LineDifference {
  /// The number of equal lines around each difference.
  private static let context = 2

  /// - Returns: lines with `-`, `+` or a space before them, and `…` where equal lines are left out; none if the texts are equal.
  static func lines(from old: [String], to new: [String]) -> [String] {
    let difference = new.difference(from: old)
    guard !difference.isEmpty else { return [] }
    let merged = merge(old, new, difference)
    let changed = merged.indices.filter { merged[$0].mark != " " }
    let shown = Set(changed.flatMap { ($0 - context)...($0 + context) })
    var lines: [String] = []
    var isSkipping = false
    for (place, line) in merged.enumerated() {
      guard shown.contains(place) else {
        isSkipping = true
        continue
      }
      if isSkipping { lines.append("…") }
      isSkipping = false
      lines.append("\(line.mark)\(line.text)")
    }
    return lines
  }

  private static func merge(
    _ old: [String], _ new: [String], _ difference: CollectionDifference<String>
  ) -> [(mark: Character, text: String)] {
    let removed = Set(difference.removals.map(\.offset))
    let inserted = Set(difference.insertions.map(\.offset))
    var lines: [(mark: Character, text: String)] = []
    var place = 0
    for (index, text) in old.enumerated() {
      if removed.contains(index) {
        lines.append(("-", text))
        continue
      }
      while inserted.contains(place) {
        lines.append(("+", new[place]))
        place += 1
      }
      lines.append((" ", text))
      place += 1
    }
    while place < new.count {
      lines.append(("+", new[place]))
      place += 1
    }
    return lines
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
