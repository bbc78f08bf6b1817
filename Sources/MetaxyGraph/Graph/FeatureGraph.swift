package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames

/// The features and their dependencies: keys are unique, every dependency exists, and there are no cycles.
///
/// In generation 0.1 features may depend on each other as long as none of their fields do.
package struct FeatureGraph: Sendable {
  /// The generation whose rules the graph follows.
  package let generation: Generation
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
  /// - Parameters:
  ///   - incomplete: the keys of features that are declared but could not be read. Their dependents do not report them as
  ///     missing, because another error reports the cause.
  ///   - generation: the generation of all definitions.
  package static func build(
    _ definitions: [FeatureDefinition], incomplete: Set<FeatureKey> = [], generation: Generation = .seed
  ) -> (graph: FeatureGraph?, diagnostics: [Diagnostic]) {
    let (features, duplicates) = UniqueFeatures.select(from: definitions)
    let positions = Dictionary(uniqueKeysWithValues: features.enumerated().map { ($1.key, $0) })
    let (order, problems) =
      switch generation {
      case .seed: seedRules(features, positions, incomplete)
      case .release01: rules01(features, positions, incomplete)
      }
    let diagnostics = (duplicates + problems).sorted { ($0.location, $0.message) < ($1.location, $1.message) }
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { return (nil, diagnostics) }
    let graph = FeatureGraph(
      generation: generation, features: features, topologicalOrder: order.map { features[$0] }, positions: positions)
    return (graph, diagnostics)
  }

  private static func seedRules(
    _ features: [FeatureDefinition], _ positions: [FeatureKey: Int], _ incomplete: Set<FeatureKey>
  ) -> (order: [Int], problems: [Diagnostic]) {
    let sort = FeatureOrder(features, positions: positions)
    let rules = DependencyRules(features: features, positions: positions, incomplete: incomplete)
    return (
      sort.order,
      sort.cycles + features.flatMap(rules.problems(of:)) + features.flatMap(SpecAttributes.problems(of:))
    )
  }

  private static func rules01(
    _ features: [FeatureDefinition], _ positions: [FeatureKey: Int], _ incomplete: Set<FeatureKey>
  ) -> (order: [Int], problems: [Diagnostic]) {
    let rules = DependencyRules01(features: features, positions: positions, incomplete: incomplete)
    let fields = FieldGraph01(features)
    return (
      FeatureOrder01.order(of: features, positions),
      features.flatMap(rules.problems(of:)) + fields.problems
    )
  }
}
