import MetaxyFeatures
package import MetaxyNames
internal import MetaxySQL

/// Metaxy's own tables, which the system environment manages.
///
/// They have the columns that a Metaxy process writes, in its order. Rows are only appended, and a push may append a
/// feature again under the same snapshot, so there is no key; indexes serve the look-ups.
package enum SystemTables {
  /// The prefix of the names of a generation's system tables.
  private static func prefix(_ generation: Generation) -> String {
    generation == .seed ? "metaxy-system__" : "metaxy_system__"
  }

  /// Returns whether a table, in any schema, is a system table of any generation, or the temporary table of its rebuild.
  package static func isSystem(_ table: TableName) -> Bool { generation(of: table) != nil }

  /// Returns the generation of a system table, or of the temporary table of its rebuild; nil for any other table.
  package static func generation(of table: TableName) -> Generation? {
    let name = table.name.folded
    return Generation.allCases.first {
      name.hasPrefix(prefix($0)) || name.hasPrefix(ObjectNames.rebuildPrefix + prefix($0))
    }
  }

  /// The system tables of a generation.
  package static func schema(_ generation: Generation) -> Schema {
    generation == .seed ? schema : Schema([SystemTables01.featureVersions, SystemTables01.events])
  }

  /// The recorded features of a generation.
  package static func featureVersions(_ generation: Generation) -> Table {
    generation == .seed ? featureVersions : SystemTables01.featureVersions
  }

  package static let schema = Schema([featureVersions, migrationEvents])

  /// The recorded features, one row for each push.
  package static let featureVersions = table(
    "metaxy-system__feature_versions",
    columns: [
      ("project", .string), ("feature_key", .string), ("feature_version", .string), ("feature_spec_version", .string),
      ("feature_tracking_version", .string), ("recorded_at", .timestamp), ("feature_spec", .string),
      ("feature_class_path", .string), ("snapshot_version", .string),
    ],
    emptyInOldRows: "feature_tracking_version",
    indexes: [["project", "feature_key", "snapshot_version"], ["snapshot_version"], ["recorded_at"]])

  static let migrationEvents = table(
    "metaxy-system__migration_events",
    columns: [
      ("project", .string), ("migration_id", .string), ("event_type", .string), ("timestamp", .timestamp),
      ("feature_key", .string), ("rows_affected", .bigint), ("error_message", .string),
    ],
    indexes: [["project", "migration_id", "event_type"], ["timestamp"]])

  /// - Parameter empty: a column that Metaxy's own definitions lack. Rows of tables created from those definitions get
  ///   an empty text, because not every engine can compute a hash in SQL.
  private static func table(
    _ name: TableName, columns: [(name: String, type: ColumnType)], emptyInOldRows empty: String? = nil,
    indexes: [[String]]
  ) -> Table {
    Table(
      name: name,
      columns: columns.map {
        Column(name: $0.name, type: $0.type, isNullable: false, backfill: $0.name == empty ? .string("") : nil)
      },
      indexes: indexes.map { names in
        Index(name: ObjectNames.index(of: name, terms: names), elements: names.map { IndexElement(.column($0)) })
      })
  }
}
