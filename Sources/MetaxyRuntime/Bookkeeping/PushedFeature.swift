internal import MetaxyDatabase
package import MetaxyFeatures
internal import MetaxyTime

/// A feature as Metaxy's system table has it: one row of `metaxy-system__feature_versions`.
package struct PushedFeature: Sendable, Hashable {
  /// What tells features apart: projects may share a database, and their keys.
  package struct Identity: Sendable, Hashable {
    var project: ScalarString
    var key: FeatureKey
  }

  package var project: String
  package var key: FeatureKey
  package var featureVersion: String
  package var specVersion: String
  package var trackingVersion: String
  /// UTC with microseconds: `2026-11-22 10:07:31.123456`; empty until it is recorded.
  package var recordedAt = ""
  /// The spec as Metaxy stores it: JSON with its members in the order of their declaration.
  package var spec: String
  package var classPath: String
  package var snapshotVersion: String

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

  /// The row, in the order of the table's columns.
  var values: [SQLValue] {
    [
      project, key.description, featureVersion, specVersion, trackingVersion, recordedAt, spec, classPath,
      snapshotVersion,
    ].map(SQLValue.text)
  }

  /// - Parameter row: the columns of the table, in its order.
  init(row: [SQLValue]) {
    func text(_ index: Int) -> String { row[index].text ?? "" }
    self.init(
      project: text(0), key: FeatureKey(text(1)), featureVersion: text(2), specVersion: text(3),
      trackingVersion: text(4), spec: text(6), classPath: text(7), snapshotVersion: text(8))
    recordedAt = Timestamp.normalised(text(5))
  }
}

/// A graph that was recorded for a project, under the version that its features give it.
package struct PushedSnapshot: Sendable, Hashable {
  package var version: String
  /// When its last row was written: UTC with microseconds.
  package var recordedAt: String
}

/// What came of recording a graph.
package enum GraphRecording: Sendable, Hashable {
  /// The snapshot was not there: every feature has a row of it now.
  case newSnapshot
  /// The snapshot was there, and these features say something else that enters no feature version: they were appended to
  /// it once more.
  case changedMetadata([FeatureKey])
  /// All of it was there, and another snapshot had been recorded since: every feature has one more row.
  case again
  /// All of it was there.
  case nothing
}
