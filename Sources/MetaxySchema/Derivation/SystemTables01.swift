import MetaxyFeatures
internal import MetaxyHashing
import MetaxyNames

/// Metaxy's own tables since 0.1, with the columns and indexes of its SQLAlchemy definitions.
///
/// They have no primary key. Metaxy's keys refuse the second push after any change: every push adds a row for each feature,
/// and an unchanged feature repeats its definition version. The columns of the keys keep their NOT NULL.
enum SystemTables01 {
  static func featureVersions(_ prefix: String) -> Table {
    table(
      TableName("\(prefix)metaxy_system__feature_versions"),
      required: [("project", .string), ("feature_key", .string), ("metaxy_definition_version", .string)],
      optional: [
        ("metaxy_feature_version", .string), ("metaxy_project_version", .string), ("recorded_at", naiveTimestamp),
        ("feature_spec", .string), ("feature_schema", .string), ("feature_class_path", .string), ("tags", .string),
        ("deleted_at", naiveTimestamp),
      ],
      indexed: ["feature_key", "metaxy_feature_version", "metaxy_project_version", "project", "recorded_at"],
      lookup: ["project", "feature_key", "metaxy_feature_version"])
  }

  static func events(_ prefix: String) -> Table {
    table(
      TableName("\(prefix)metaxy_system__events"),
      required: [("project", .string), ("execution_id", .string), ("timestamp", naiveTimestamp)],
      optional: [("event_type", .string), ("feature_key", .string), ("payload", .string)],
      indexed: ["event_type", "execution_id", "feature_key", "project"],
      lookup: ["project", "execution_id", "event_type"])
  }

  /// UTC without a zone.
  private static let naiveTimestamp = ColumnType.raw(.sql("TIMESTAMP WITHOUT TIME ZONE", sqlite: "DATETIME"))

  private static func table(
    _ name: TableName, required: [(name: String, type: ColumnType)], optional: [(name: String, type: ColumnType)],
    indexed: [String], lookup: [String]
  ) -> Table {
    func index(_ name: String, on columns: [String]) -> Index {
      Index(name: .given(name), elements: columns.map { IndexElement(.column($0)) })
    }
    return Table(
      name: name,
      columns: required.map { Column(name: $0.name, type: $0.type, isNullable: false) }
        + optional.map { Column(name: $0.name, type: $0.type) },
      indexes: [index("idx_\(name.name)_lookup", on: lookup)]
        + indexed.map { index(shortened("ix_\(name.name)_\($0)"), on: [$0]) })
  }

  /// Returns the name that SQLAlchemy gives an index on PostgreSQL: a longer one ends with four digits of its MD5.
  private static func shortened(_ name: String) -> String {
    guard name.unicodeScalars.count > ObjectNames.maximumLength else { return name }
    let digits = Hexadecimal.text(of: MD5.hash(Array(name.utf8)))
    return "\(String(name.unicodeScalars.prefix(ObjectNames.maximumLength - 8)))_\(digits.suffix(4))"
  }
}
