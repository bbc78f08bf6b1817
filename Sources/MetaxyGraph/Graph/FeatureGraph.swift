package import MetaxyErrors
package import MetaxyFeatures

/// The features and their dependencies: keys are unique, every dependency exists, and there are no cycles.
package struct FeatureGraph: Sendable {
  /// The features, sorted by key.
  package let features: [FeatureDefinition]
  /// The features in topological order, upstream first.
  package let topologicalOrder: [FeatureDefinition]
  private let positions: [FeatureKey: Int]

  /// The feature with the key `key`; nil if the graph does not contain it.
  package subscript(key: FeatureKey) -> FeatureDefinition? {
    positions[key].map { features[$0] }
  }

  /// Builds a graph from `definitions` in any order, and returns all problems.
  ///
  /// There is a graph exactly when no diagnostic is an error.
  ///
  /// - Parameter incomplete: the keys of features that are declared but could not be read. Their dependents do not
  ///   report them as missing, because another error reports the cause.
  package static func build(
    _ definitions: [FeatureDefinition], incomplete: Set<FeatureKey> = []
  ) -> (graph: FeatureGraph?, diagnostics: [Diagnostic]) {
    let (features, duplicates) = UniqueFeatures.select(from: definitions)
    let positions = Dictionary(uniqueKeysWithValues: features.enumerated().map { ($1.key, $0) })
    let sort = FeatureOrder(features, positions: positions)
    let rules = DependencyRules(features: features, positions: positions, incomplete: incomplete)
    let diagnostics =
      (duplicates + sort.cycles + features.flatMap(rules.problems(of:))
      + features.flatMap(SpecAttributes.problems(of:))).sorted {
        ($0.location, $0.message) < ($1.location, $1.message)
      }
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { return (nil, diagnostics) }
    let graph = FeatureGraph(
      features: features, topologicalOrder: sort.order.map { features[$0] }, positions: positions)
    return (graph, diagnostics)
  }
}
