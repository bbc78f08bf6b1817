/// Matches live objects with desired ones.
enum ObjectMatcher {
  /// Returns the live objects that are not desired, the desired ones that are not live, and the pairs of those that are
  /// both but not identical.
  ///
  /// Identical objects are matched first, then objects with the same name, then any others, so that of two equal
  /// indexes the right one is dropped.
  static func unmatched<Element: Equatable>(
    live: [Element], desired: [Element], isSame: (_ live: Element, _ desired: Element) -> Bool,
    hasSameName: (_ live: Element, _ desired: Element) -> Bool
  ) -> (removed: [Element], added: [Element], kept: [(live: Element, desired: Element)]) {
    var kept: [(live: Element, desired: Element)] = []
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
        kept.append((free.remove(at: position), element))
      } else {
        waiting.append(element)
      }
    }
    for element in waiting {
      if let position = free.firstIndex(where: { isSame($0, element) }) {
        kept.append((free.remove(at: position), element))
      } else {
        added.append(element)
      }
    }
    return (free, added, kept)
  }

  /// Removes and returns the pairs of removed and added objects that differ only in their names.
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
