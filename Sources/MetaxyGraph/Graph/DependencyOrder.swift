import MetaxyErrors
import MetaxyFeatures

/// Sorts features topologically and finds cycles.
///
/// Depth first with an explicit stack: a chain of 10,000 features would overflow the thread's stack.
struct DependencyOrder {
  private enum State { case new, open, done }

  /// A feature on the current path, with the index of its next dependency.
  private struct Step {
    var feature: Int
    var next = 0
  }

  private let features: [FeatureDefinition]
  private let positions: [FeatureKey: Int]
  private var states: [State]
  private var path: [Step] = []
  private var order: [Int] = []
  private var cycles: [Diagnostic] = []

  /// Returns positions in `features`, upstream first; the order is meaningless if there are cycles.
  static func sort(
    _ features: [FeatureDefinition], positions: [FeatureKey: Int]
  ) -> (order: [Int], cycles: [Diagnostic]) {
    var sorting = DependencyOrder(features, positions)
    for feature in features.indices where sorting.states[feature] == .new { sorting.visit(feature) }
    return (sorting.order, sorting.cycles)
  }

  private init(_ features: [FeatureDefinition], _ positions: [FeatureKey: Int]) {
    self.features = features
    self.positions = positions
    self.states = Array(repeating: .new, count: features.count)
  }

  private mutating func visit(_ start: Int) {
    open(start)
    while let step = path.last {
      let dependencies = features[step.feature].dependencies ?? []
      guard step.next < dependencies.count else {
        states[step.feature] = .done
        order.append(step.feature)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      // Another rule reports missing features.
      guard let upstream = positions[dependencies[step.next].feature.key] else { continue }
      switch states[upstream] {
      case .new: open(upstream)
      case .open: reportCycle(backTo: upstream)
      case .done: break
      }
    }
  }

  private mutating func open(_ feature: Int) {
    states[feature] = .open
    path.append(Step(feature: feature))
  }

  /// Reports the cycle at the end of the path, starting at the feature whose key sorts first.
  private mutating func reportCycle(backTo start: Int) {
    guard let first = path.firstIndex(where: { $0.feature == start }) else { return }
    var cycle = Array(path[first...])
    if let least = cycle.indices.min(by: { cycle[$0].feature < cycle[$1].feature }) {
      cycle = Array(cycle[least...] + cycle[..<least])
    }
    let edges = cycle.enumerated().map { position, step in
      let from = features[step.feature]
      let to = features[cycle[(position + 1) % cycle.count].feature]
      return Diagnostic.Note("`\(from.key)` depends on `\(to.key)`", at: from.place(ofDependency: step.next - 1))
    }
    let keys = cycle.map { features[$0.feature].key }
    cycles.append(
      Diagnostic(
        .error, Self.message(for: keys), at: features[cycle[0].feature].place(ofDependency: cycle[0].next - 1),
        notes: edges.count > 1 ? edges : []))
  }

  private static func message(for keys: [FeatureKey]) -> String {
    guard keys.count > 1 else { return "the feature `\(keys[0])` depends on itself" }
    let displayText =
      keys.count > 8 ? keys.prefix(4).map(quoted) + ["…"] + keys.suffix(2).map(quoted) : keys.map(quoted)
    return "features depend on each other in a cycle: " + (displayText + [quoted(keys[0])]).joined(separator: " → ")
  }

  private static func quoted(_ key: FeatureKey) -> String { "`\(key)`" }
}
