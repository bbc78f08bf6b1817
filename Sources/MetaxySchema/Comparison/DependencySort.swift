/// Sorts what depends on each other, so that what is needed comes before what needs it.
enum DependencySort {
  /// Returns `elements` with those that others need first; where nothing decides, and in cycles, the order stays.
  static func neededFirst<Element>(
    _ elements: [Element], name: (Element) -> String, needs: (Element) -> [String]
  ) -> [Element] {
    let byName = Dictionary(elements.map { (name($0), $0) }) { first, _ in first }
    var ordered: [Element] = []
    var seen: Set<String> = []
    // A stack of its own, as chains of needs have no limit.
    var stack: [(element: Element, pending: [String])] = []
    func push(_ element: Element) {
      guard seen.insert(name(element)).inserted else { return }
      stack.append((element, needs(element).reversed()))
    }
    for element in elements {
      push(element)
      while let (element, pending) = stack.last {
        guard let next = pending.last else {
          ordered.append(element)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].pending.removeLast()
        if let needed = byName[next] { push(needed) }
      }
    }
    return ordered
  }
}
