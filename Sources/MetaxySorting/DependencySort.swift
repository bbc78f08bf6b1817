/// Sorts elements topologically: each comes after those that it depends on.
///
/// A depth-first search with an explicit stack: a chain of 10,000 elements must not overflow the stack of the thread.
package struct DependencySort: Sendable {
  /// The positions of the elements in the sorted order. The order of the elements is kept, except that a dependency moves
  /// before the first element that depends on it.
  package private(set) var order: [Int] = []
  /// The cycles: each element depends on the next one, and the last one on the first. The order ignores the dependency that
  /// closes a cycle.
  package private(set) var cycles: [[Int]] = []
  private let needs: [[Int]]

  /// - Parameter needs: for each element, the positions of those that it depends on.
  package init(needs: [[Int]]) {
    self.needs = needs
    var states = [State](repeating: .new, count: needs.count)
    for element in needs.indices where states[element] == .new { visit(element, &states) }
  }

  /// - Parameter needs: the names of the elements that an element depends on. Its own name and unknown names are ignored.
  package init<Element, Name: Hashable>(_ elements: [Element], name: (Element) -> Name, needs: (Element) -> [Name]) {
    let places = Dictionary(elements.enumerated().map { (name($1), $0) }) { first, _ in first }
    self.init(
      needs: elements.enumerated().map { place, element in
        needs(element).compactMap { places[$0] }.filter { $0 != place }
      })
  }

  /// Returns the sort without cycles: in each cycle, the dependency of its first element is removed.
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

  /// The same order in rounds: first the elements without dependencies, then those that depend only on these, and so on.
  /// Within a round the order of the elements is kept.
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
