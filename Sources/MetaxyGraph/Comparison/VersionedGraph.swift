public import MetaxyFeatures

/// A graph with the versions of its features: computed from definitions, or read from where they were recorded.
public struct VersionedGraph: Sendable {
  public struct Feature: Sendable {
    public var definition: FeatureDefinition
    public var featureVersion: String
    public var specVersion: String

    public var key: FeatureKey { definition.key }

    public init(definition: FeatureDefinition, featureVersion: String, specVersion: String) {
      self.definition = definition
      self.featureVersion = featureVersion
      self.specVersion = specVersion
    }
  }

  public let snapshot: String
  /// Sorted by key.
  public let features: [Feature]
  private let positions: [FeatureKey: Int]

  /// - Parameter features: each key once.
  public init(snapshot: String, features: [Feature]) {
    let sorted = features.sorted { $0.key < $1.key }
    self.snapshot = snapshot
    self.features = sorted
    positions = Dictionary(sorted.enumerated().map { ($1.key, $0) }) { first, _ in first }
  }

  /// A graph with the versions that were computed of it.
  public init(_ graph: FeatureGraph, _ versions: GraphVersions) {
    self.init(
      snapshot: versions.snapshot,
      features: graph.features.compactMap { definition in
        versions[definition.key].map {
          Feature(definition: definition, featureVersion: $0.featureVersion, specVersion: $0.specVersion)
        }
      })
  }

  /// The feature named `key`; nil when the graph has none.
  public subscript(key: FeatureKey) -> Feature? { positions[key].map { features[$0] } }
}
