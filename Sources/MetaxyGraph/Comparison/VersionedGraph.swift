package import MetaxyFeatures

/// A graph with the versions of its features, computed from definitions or read from a recorded snapshot.
package struct VersionedGraph: Sendable {
  package struct Feature: Sendable {
    package var definition: FeatureDefinition
    package var featureVersion: String
    /// The spec version; in generation 0.1 the definition version, which changes with the columns, too.
    package var specVersion: String

    package var key: FeatureKey { definition.key }

    package init(definition: FeatureDefinition, featureVersion: String, specVersion: String) {
      self.definition = definition
      self.featureVersion = featureVersion
      self.specVersion = specVersion
    }
  }

  package let snapshot: String
  /// Sorted by key.
  package let features: [Feature]
  private let positions: [FeatureKey: Int]

  /// - Parameter features: the features, with unique keys.
  package init(snapshot: String, features: [Feature]) {
    let sorted = features.sorted { $0.key < $1.key }
    self.snapshot = snapshot
    self.features = sorted
    positions = Dictionary(sorted.enumerated().map { ($1.key, $0) }) { first, _ in first }
  }

  /// Creates a graph with its computed versions.
  package init(_ graph: FeatureGraph, _ versions: GraphVersions) {
    self.init(
      snapshot: versions.snapshot,
      features: graph.features.compactMap { definition in
        versions[definition.key].map {
          Feature(
            definition: definition, featureVersion: $0.featureVersion,
            specVersion: $0.definitionVersion ?? $0.specVersion)
        }
      })
  }

  /// The feature with the key `key`; nil if the graph does not contain it.
  package subscript(key: FeatureKey) -> Feature? { positions[key].map { features[$0] } }
}
