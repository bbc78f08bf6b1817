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
  /// Changes with anything in the spec; truncated only since Metaxy 0.1.
  package var specVersion: String
  /// Changes with the spec and with the project; nil since Metaxy 0.1.
  package var trackingVersion: String?
  /// Changes with the spec and with the columns; nil before Metaxy 0.1.
  package var definitionVersion: String?
}

/// The versions of a graph and of every feature in it.
package struct GraphVersions: Sendable {
  /// The version of the whole: the snapshot version, which changes with a feature's version and with the set of features;
  /// since Metaxy 0.1 the project version, which changes with a definition version. `empty` without features.
  package let snapshot: String
  /// The versions by project; none before Metaxy 0.1.
  package let projectVersions: [String: String]
  private let features: [FeatureKey: FeatureVersions]
  /// The version of a graph without features.
  package static let empty = "empty"

  init(snapshot: String, projectVersions: [String: String] = [:], features: [FeatureKey: FeatureVersions]) {
    self.snapshot = snapshot
    self.projectVersions = projectVersions
    self.features = features
  }

  /// The feature versions by feature.
  package var featureVersions: [FeatureKey: String] { features.mapValues(\.featureVersion) }

  /// The versions of the feature with the key `key`; nil if the graph does not contain it.
  package subscript(key: FeatureKey) -> FeatureVersions? { features[key] }
}
