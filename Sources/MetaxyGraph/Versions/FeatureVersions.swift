package import MetaxyFeatures

/// The versions of one feature, as Metaxy computes them, in lower-case hexadecimal.
package struct FeatureVersions: Sendable, Hashable {
  /// A field with its version.
  package struct Field: Sendable, Hashable {
    package var key: FieldKey
    package var version: String
  }

  /// Changes with the code versions of the feature's own fields.
  package var codeVersion: String
  /// The fields in the order of their declaration. A version changes with the field's code and with its upstream
  /// fields.
  package var fields: [Field]
  /// Changes with a field's version.
  package var featureVersion: String
  /// Changes with anything in the spec; never truncated.
  package var specVersion: String
  /// Changes with the spec and with the project.
  package var trackingVersion: String
}

/// The versions of a graph and of every feature in it.
package struct GraphVersions: Sendable {
  /// Changes with a feature's version and with the set of features; `empty` without features.
  package let snapshot: String
  private let features: [FeatureKey: FeatureVersions]

  init(snapshot: String, features: [FeatureKey: FeatureVersions]) {
    self.snapshot = snapshot
    self.features = features
  }

  /// The feature versions by feature.
  package var featureVersions: [FeatureKey: String] { features.mapValues(\.featureVersion) }

  /// The versions of the feature with the key `key`; nil if the graph does not contain it.
  package subscript(key: FeatureKey) -> FeatureVersions? { features[key] }
}
