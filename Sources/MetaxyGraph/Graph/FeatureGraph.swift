package import MetaxyErrors
package import MetaxyFeatures

/// Features and what each is computed from: every key is there once, every dependency exists, and none leads back.
package struct FeatureGraph: Sendable {
  /// The features, sorted by key.
  package let features: [FeatureDefinition]
  /// The features, each after those it depends on.
  package let topologicalOrder: [FeatureDefinition]
  private let positions: [FeatureKey: Int]

  /// The feature named `key`; nil when the graph has none.
  package subscript(key: FeatureKey) -> FeatureDefinition? {
    positions[key].map { features[$0] }
  }

  /// Makes a graph of `definitions`, which may come in any order, and returns everything that is wrong with it.
  ///
  /// There is a graph exactly when no diagnostic is an error.
  ///
  /// - Parameter incomplete: the keys of features that are declared but could not be read: what depends on them is not
  ///   told that they are missing, as another error says why they are.
  package static func build(
    _ definitions: [FeatureDefinition], incomplete: Set<FeatureKey> = []
  ) -> (graph: FeatureGraph?, diagnostics: [Diagnostic]) {
    let (features, duplicates) = UniqueFeatures.select(from: definitions)
    let positions = Dictionary(uniqueKeysWithValues: features.enumerated().map { ($1.key, $0) })
    let (order, cycles) = DependencyOrder.sort(features, positions: positions)
    let rules = DependencyRules(features: features, positions: positions, incomplete: incomplete)
    let diagnostics =
      (duplicates + cycles + features.flatMap(rules.problems(of:))
      + features.flatMap(SpecAttributes.problems(of:))).sorted {
        ($0.location, $0.message) < ($1.location, $1.message)
      }
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { return (nil, diagnostics) }
    let graph = FeatureGraph(
      features: features, topologicalOrder: order.map { features[$0] }, positions: positions)
    return (graph, diagnostics)
  }
}
