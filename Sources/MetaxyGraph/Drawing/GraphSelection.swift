package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyMigrationErrors

/// A part of a graph: one feature with upstream and downstream features.
package struct GraphSelection: Sendable {
  package var feature: FeatureKey
  /// The number of upstream steps; nil for all.
  package var up: Int?
  /// The number of downstream steps; nil for all.
  package var down: Int?

  package init(feature: FeatureKey, up: Int? = nil, down: Int? = nil) {
    self.feature = feature
    self.up = up
    self.down = down
  }

  /// Returns the selected part; its features depend only on features inside it.
  ///
  /// - Throws: `unknown_feature`.
  package func part(of graph: VersionedGraph) throws(MetaxyError) -> VersionedGraph {
    guard graph[feature] != nil else { throw .unknownFeature(feature, in: graph.features.map(\.key)) }
    var downstream: [FeatureKey: [FeatureKey]] = [:]
    for other in graph.features { for key in other.upstream { downstream[key, default: []].append(other.key) } }
    let selected = Self.reached(from: feature, atMost: up) { graph[$0]?.upstream ?? [] }
      .union(Self.reached(from: feature, atMost: down) { downstream[$0] ?? [] })
    return VersionedGraph(
      snapshot: graph.snapshot,
      features: graph.features.filter { selected.contains($0.key) }.map { feature in
        var feature = feature
        feature.definition.dependencies = feature.definition.dependencies?
          .filter { selected.contains($0.feature.key) }
        return feature
      })
  }

  /// Returns the features reached step by step, without recursion: a graph can be 10,000 features deep.
  private static func reached(
    from start: FeatureKey, atMost steps: Int?, _ next: (FeatureKey) -> [FeatureKey]
  ) -> Set<FeatureKey> {
    var reached: Set = [start]
    var edge = [start]
    var count = 0
    while !edge.isEmpty, steps.map({ count < $0 }) ?? true {
      edge = edge.flatMap(next).filter { reached.insert($0).inserted }
      count += 1
    }
    return reached
  }
}

extension VersionedGraph.Feature {
  /// The dependencies, each once, sorted.
  package var upstream: [FeatureKey] { Set((definition.dependencies ?? []).map(\.feature.key)).sorted() }
}

extension MetaxyError {
  package static func unknownFeature(_ key: FeatureKey, in keys: [FeatureKey]) -> MetaxyError {
    MetaxyError(
      .unknownFeature, "the graph has no feature `\(key)`",
      hints: [.didYouMean(key.text, in: keys.map(\.text)) ?? "\(.listFeatures()) lists those there are"])
  }
}
