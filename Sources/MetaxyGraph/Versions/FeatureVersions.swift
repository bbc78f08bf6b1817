public import MetaxyFeatures

/// The versions of one feature, as Metaxy computes them, in lower-case hexadecimal.
public struct FeatureVersions: Sendable, Hashable {
  /// A field with its version.
  public struct Field: Sendable, Hashable {
    public var key: FieldKey
    public var version: String
  }

  /// Changes with the code versions of the feature's own fields.
  public var codeVersion: String
  /// The fields, in the order of their declaration. A version changes with the field's code and with everything upstream.
  public var fields: [Field]
  /// Changes when a field's version does.
  public var featureVersion: String
  /// Changes with anything in the spec; never truncated.
  public var specVersion: String
  /// Changes with the spec and with the project.
  public var trackingVersion: String
}

/// The versions of a graph and of every feature in it.
public struct GraphVersions: Sendable {
  /// Changes when a feature's version does, and with the features there are; `empty` without any.
  public let snapshot: String
  private let features: [FeatureKey: FeatureVersions]

  init(snapshot: String, features: [FeatureKey: FeatureVersions]) {
    self.snapshot = snapshot
    self.features = features
  }

  /// The feature versions, by their features.
  public var featureVersions: [FeatureKey: String] { features.mapValues(\.featureVersion) }

  /// The versions of the feature named `key`; nil when the graph has none.
  public subscript(key: FeatureKey) -> FeatureVersions? { features[key] }
}
