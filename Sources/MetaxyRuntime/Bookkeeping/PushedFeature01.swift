internal import MetaxyDatabase
package import MetaxyFeatures
internal import MetaxyTime

/// A feature in Metaxy's system table since 0.1: one row of `metaxy_system__feature_versions`.
package struct PushedFeature01: Sendable, Hashable {
  package var project: String
  package var key: FeatureKey
  package var featureVersion: String
  package var definitionVersion: String
  package var projectVersion: String
  /// UTC with microseconds; empty before it is recorded.
  package var recordedAt = ""
  /// The spec as Metaxy stores it: JSON with its members in the order of their declaration.
  package var spec: String
  /// A JSON Schema of the columns.
  package var schema: String
  package var classPath: String
  /// JSON; its member `metaxy` is itself JSON text, with the version of the program.
  package var tags: String

  package init(
    project: String, key: FeatureKey, featureVersion: String, definitionVersion: String, projectVersion: String,
    spec: String, schema: String, classPath: String, tags: String
  ) {
    self.project = project
    self.key = key
    self.featureVersion = featureVersion
    self.definitionVersion = definitionVersion
    self.projectVersion = projectVersion
    self.spec = spec
    self.schema = schema
    self.classPath = classPath
    self.tags = tags
  }

  static let columns = [
    "project", "feature_key", "metaxy_definition_version", "metaxy_feature_version", "metaxy_project_version",
    "recorded_at", "feature_spec", "feature_schema", "feature_class_path", "tags",
  ]

  /// The row in the order of ``columns``.
  var values: [SQLValue] {
    [
      project, key.text, definitionVersion, featureVersion, projectVersion, recordedAt, spec, schema, classPath, tags,
    ].map(SQLValue.text)
  }

  /// - Parameter row: the values of ``columns``.
  init(row: [SQLValue]) {
    func text(_ index: Int) -> String { row[index].text ?? "" }
    self.init(
      project: text(0), key: FeatureKey(text(1)), featureVersion: text(3), definitionVersion: text(2),
      projectVersion: text(4), spec: text(6), schema: text(7), classPath: text(8), tags: text(9))
    recordedAt = Timestamp.normalised(text(5))
  }
}
