/// Puts elements into an order in which each comes after those that it needs.
///
/// Depth first, with a stack of its own: a chain of 10,000 elements must not exhaust the thread's.
package struct DependencySort: Sendable {
  /// The places of the elements, needed ones first. Where nothing that an element needs comes later, it keeps its place;
  /// else what it needs moves before it.
  package private(set) var order: [Int] = []
  /// The cycles that were found: each element needs the next one, and the last one the first. The need that closes a cycle
  /// is left out of the order.
  package private(set) var cycles: [[Int]] = []
  private let needs: [[Int]]

  /// - Parameter needs: for each element the places of those that it needs.
  package init(needs: [[Int]]) {
    self.needs = needs
    var states = [State](repeating: .new, count: needs.count)
    for element in needs.indices where states[element] == .new { visit(element, &states) }
  }

  /// - Parameter needs: the names of what an element needs. It is no need of its own, and other names than those of the
  ///   elements do not count.
  package init<Element, Name: Hashable>(_ elements: [Element], name: (Element) -> Name, needs: (Element) -> [Name]) {
    let places = Dictionary(elements.enumerated().map { (name($1), $0) }) { first, _ in first }
    self.init(
      needs: elements.enumerated().map { place, element in
        needs(element).compactMap { places[$0] }.filter { $0 != place }
      })
  }

  /// Returns the same sort without what the first element of each cycle needs in that cycle.
  package var withoutCycles: DependencySort {
    var sort = self
    while !sort.cycles.isEmpty {
      var needs = sort.needs
      for cycle in sort.cycles {
        guard let first = cycle.indices.min(by: { cycle[$0] < cycle[$1] }) else { continue }
        let next = cycle[(first + 1) % cycle.count]
        needs[cycle[first]].removeAll { $0 == next }
      }
      sort = DependencySort(needs: needs)
    }
    return sort
  }

  /// The same order in rounds: the elements that need no other one, then those that need only these, and so on. Within a
  /// round each keeps its place.
  package var rounds: [Int] {
    var round = [Int](repeating: -1, count: needs.count)
    for element in order { round[element] = (needs[element].map { round[$0] }.max() ?? -1) + 1 }
    return needs.indices.sorted { (round[$0], $0) < (round[$1], $1) }
  }

  private enum State { case new, open, done }

  private mutating func visit(_ start: Int, _ states: inout [State]) {
    var path = [(element: start, next: 0)]
    states[start] = .open
    while let (element, next) = path.last {
      guard next < needs[element].count else {
        states[element] = .done
        order.append(element)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let needed = needs[element][next]
      switch states[needed] {
      case .new:
        states[needed] = .open
        path.append((needed, 0))
      case .open: cycles.append(path.map(\.element).drop { $0 != needed }.map(\.self))
      case .done: break
      }
    }
  }
}
