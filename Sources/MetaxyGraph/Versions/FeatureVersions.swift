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
  /// The fields, in the order of their declaration. A version changes with the field's code and with everything upstream.
  package var fields: [Field]
  /// Changes when a field's version does.
  package var featureVersion: String
  /// Changes with anything in the spec; never truncated.
  package var specVersion: String
  /// Changes with the spec and with the project.
  package var trackingVersion: String
}

/// The versions of a graph and of every feature in it.
package struct GraphVersions: Sendable {
  /// Changes when a feature's version does, and with the features there are; `empty` without any.
  package let snapshot: String
  private let features: [FeatureKey: FeatureVersions]

  init(snapshot: String, features: [FeatureKey: FeatureVersions]) {
    self.snapshot = snapshot
    self.features = features
  }

  /// The feature versions, by their features.
  package var featureVersions: [FeatureKey: String] { features.mapValues(\.featureVersion) }

  /// The versions of the feature named `key`; nil when the graph has none.
  package subscript(key: FeatureKey) -> FeatureVersions? { features[key] }
}
