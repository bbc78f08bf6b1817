/// Sorts elements topologically.
enum DependencySort {
  /// Returns `elements` in rounds, as SQLAlchemy sorts tables: those without dependencies, then those that depend only
  /// on these, and so on. The order within a round is stable; a cycle is broken at its first element.
  static func neededFirst<Element, Name: Hashable>(
    _ elements: [Element], name: (Element) -> Name, needs: (Element) -> [Name]
  ) -> [Element] {
    let names = Set(elements.map(name))
    var waiting = elements.map { element in
      (
        element: element, name: name(element),
        needs: Set(needs(element)).intersection(names).subtracting([name(element)])
      )
    }
    var ordered: [Element] = []
    while !waiting.isEmpty {
      let missing = Set(waiting.map(\.name))
      var round = Set(waiting.filter { $0.needs.isDisjoint(with: missing) }.map(\.name))
      if round.isEmpty {
        let graph = Dictionary(waiting.map { ($0.name, $0.needs.intersection(missing)) }) { first, _ in first }
        round = Set(waiting.map(\.name).first { needsItself($0, in: graph) }.map { [$0] } ?? Array(missing))
      }
      ordered += waiting.filter { round.contains($0.name) }.map(\.element)
      waiting.removeAll { round.contains($0.name) }
    }
    return ordered
  }

  private static func needsItself<Name: Hashable>(_ name: Name, in graph: [Name: Set<Name>]) -> Bool {
    var seen: Set<Name> = []
    var pending = Array(graph[name] ?? [])
    while let next = pending.popLast() {
      if next == name { return true }
      if seen.insert(next).inserted { pending += graph[next] ?? [] }
    }
    return false
  }
}
