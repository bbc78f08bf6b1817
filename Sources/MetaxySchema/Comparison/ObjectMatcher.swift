/// Pairs what is live with what is desired.
enum ObjectMatcher {
  /// Returns what is live but not desired, and what is desired but not live.
  ///
  /// An element is paired with itself before one of its own name, and with that before any other, so that of two equal
  /// indexes the right one goes.
  static func unmatched<Element: Equatable>(
    live: [Element], desired: [Element], isSame: (_ live: Element, _ desired: Element) -> Bool,
    hasSameName: (_ live: Element, _ desired: Element) -> Bool
  ) -> (removed: [Element], added: [Element]) {
    var free = live
    var added: [Element] = []
    var others: [Element] = []
    for element in desired {
      if let position = free.firstIndex(of: element) {
        free.remove(at: position)
      } else {
        others.append(element)
      }
    }
    var waiting: [Element] = []
    for element in others {
      if let position = free.firstIndex(where: { hasSameName($0, element) && isSame($0, element) }) {
        free.remove(at: position)
      } else {
        waiting.append(element)
      }
    }
    for element in waiting {
      if let position = free.firstIndex(where: { isSame($0, element) }) {
        free.remove(at: position)
      } else {
        added.append(element)
      }
    }
    return (free, added)
  }

  /// Takes out of what goes and what comes the pairs that are the same but for their names.
  static func pairs<Element>(
    _ removed: inout [Element], _ added: inout [Element], isSame: (_ live: Element, _ desired: Element) -> Bool
  ) -> [(live: Element, desired: Element)] {
    var pairs: [(live: Element, desired: Element)] = []
    var rest: [Element] = []
    for element in added {
      if let position = removed.firstIndex(where: { isSame($0, element) }) {
        pairs.append((removed.remove(at: position), element))
      } else {
        rest.append(element)
      }
    }
    added = rest
    return pairs
  }
}
