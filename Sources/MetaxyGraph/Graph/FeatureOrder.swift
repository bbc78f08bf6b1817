import MetaxyErrors
import MetaxyFeatures
internal import MetaxySorting

/// Sorts features topologically and reports cycles.
struct FeatureOrder {
  /// Positions in `features`, upstream first; meaningless if there are cycles.
  let order: [Int]
  private(set) var cycles: [Diagnostic] = []
  private let features: [FeatureDefinition]

  init(_ features: [FeatureDefinition], positions: [FeatureKey: Int]) {
    self.features = features
    // Another rule reports missing features.
    let sort = DependencySort(
      needs: features.map { feature in (feature.dependencies ?? []).compactMap { positions[$0.feature.key] } })
    order = sort.order
    for cycle in sort.cycles { report(cycle) }
  }

  /// Reports a cycle, starting at the feature whose key sorts first.
  private mutating func report(_ cycle: [Int]) {
    guard let least = cycle.indices.min(by: { cycle[$0] < cycle[$1] }) else { return }
    let path = (cycle[least...] + cycle[..<least]).map { features[$0] }
    let places = zip(path, path.dropFirst() + path.prefix(1)).map { from, to in
      (
        from: from, to: to,
        place: from.place(ofDependency: from.dependencies?.firstIndex { $0.feature.key == to.key } ?? 0)
      )
    }
    let edges = places.map { Diagnostic.Note("`\($0.from.key)` depends on `\($0.to.key)`", at: $0.place) }
    cycles.append(
      Diagnostic(
        .error, Self.message(for: path.map(\.key)), at: places[0].place, notes: edges.count > 1 ? edges : []))
  }

  private static func message(for keys: [FeatureKey]) -> String {
    guard keys.count > 1 else { return "the feature `\(keys[0])` depends on itself" }
    let displayText =
      keys.count > 8 ? keys.prefix(4).map(quoted) + ["…"] + keys.suffix(2).map(quoted) : keys.map(quoted)
    return "features depend on each other in a cycle: " + (displayText + [quoted(keys[0])]).joined(separator: " → ")
  }

  private static func quoted(_ key: FeatureKey) -> String { "`\(key)`" }
}
