internal import MetaxyDatabase
package import MetaxyFeatures
internal import MetaxyTime

/// A feature in Metaxy's system table: one row of `metaxy-system__feature_versions`.
package struct PushedFeature: Sendable, Hashable {
  /// The identity of a feature: projects may share a database and have equal keys.
  package struct Identity: Sendable, Hashable {
    var project: ScalarString
    var key: FeatureKey
  }

  package var project: String
  package var key: FeatureKey
  package var featureVersion: String
  package var specVersion: String
  package var trackingVersion: String
  /// UTC with microseconds: `2026-11-22 10:07:31.123456`; empty before it is recorded.
  package var recordedAt = ""
  /// The spec as Metaxy stores it: JSON with its members in the order of their declaration.
  package var spec: String
  package var classPath: String
  package var snapshotVersion: String

  /// Whether the class path has a module, so that Metaxy can split it.
  var hasModule: Bool { classPath.dropFirst().contains(".") }

  package var identity: Identity { Identity(project: ScalarString(project), key: key) }

  package init(
    project: String, key: FeatureKey, featureVersion: String, specVersion: String, trackingVersion: String,
    spec: String, classPath: String, snapshotVersion: String
  ) {
    self.project = project
    self.key = key
    self.featureVersion = featureVersion
    self.specVersion = specVersion
    self.trackingVersion = trackingVersion
    self.spec = spec
    self.classPath = classPath
    self.snapshotVersion = snapshotVersion
  }

  /// The row in the order of the table's columns.
  var values: [SQLValue] {
    [
      project, key.text, featureVersion, specVersion, trackingVersion, recordedAt, spec, classPath,
      snapshotVersion,
    ].map(SQLValue.text)
  }

  /// - Parameter row: the columns of the table in its order.
  init(row: [SQLValue]) {
    func text(_ index: Int) -> String { row[index].text ?? "" }
    self.init(
      project: text(0), key: FeatureKey(text(1)), featureVersion: text(2), specVersion: text(3),
      trackingVersion: text(4), spec: text(6), classPath: text(7), snapshotVersion: text(8))
    recordedAt = Timestamp.normalised(text(5))
  }
}

/// The result of recording a graph.
package enum GraphRecording: Sendable, Hashable {
  /// The snapshot is new: a row was added for every feature.
  case newSnapshot
  /// The snapshot existed, but these features differ in parts that enter no feature version, or their class paths had no
  /// module: a row was added for each of them.
  case changedMetadata([FeatureKey])
  /// The snapshot existed and was not the latest: a row was added for every feature.
  case again
  /// The snapshot existed with all its features.
  case nothing
}
