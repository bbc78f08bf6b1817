import MetaxyFeatures
package import MetaxyNames
internal import MetaxySQL

/// Metaxy's own tables, which the system environment manages.
///
/// They have the columns that a Metaxy process writes, in its order. Rows are only appended, and a push may append a
/// feature again under the same snapshot, so there is no key; indexes serve the look-ups.
package enum SystemTables {
  /// What the names of a generation's system tables start with, after the prefix of the store.
  private static func stem(_ generation: Generation) -> String {
    generation == .seed ? "metaxy-system__" : "metaxy_system__"
  }

  private static let names: [Generation: [String]] = Dictionary(
    uniqueKeysWithValues: Generation.allCases.map { ($0, schema($0).sorted.map(\.name.name)) })

  /// Returns whether a table, in any schema, is a system table of any generation, or the temporary table of its rebuild.
  package static func isSystem(_ table: TableName) -> Bool { generation(of: table) != nil }

  /// Returns the generation of a system table, or of the temporary table of its rebuild; nil for any other table.
  ///
  /// A table with a prefix is one, too, whatever the prefix: stores with different ones can share a database.
  package static func generation(of table: TableName) -> Generation? {
    let name = nameWithoutRebuild(table)
    return Generation.allCases.first { generation in
      name.hasPrefix(stem(generation)) || names[generation, default: []].contains(where: name.hasSuffix)
    }
  }

  /// Returns whether a table is a system table of a store with a prefix, or the temporary table of its rebuild.
  package static func isSystem(_ table: TableName, prefix: String) -> Bool {
    let name = nameWithoutRebuild(table)
    return Generation.allCases.contains { name.hasPrefix(prefix.folded + stem($0)) }
  }

  private static func nameWithoutRebuild(_ table: TableName) -> String {
    let name = table.name.folded
    return name.hasPrefix(ObjectNames.rebuildPrefix) ? String(name.dropFirst(ObjectNames.rebuildPrefix.count)) : name
  }

  /// Returns the system tables of a generation, with the prefix of a store.
  package static func schema(_ generation: Generation, prefix: String = "") -> Schema {
    generation == .seed
      ? Schema([featureVersions(.seed, prefix: prefix), migrationEvents(prefix)])
      : Schema([SystemTables01.featureVersions(prefix), SystemTables01.events(prefix)])
  }

  /// Returns the table of recorded features of a generation, with the prefix of a store.
  package static func featureVersions(_ generation: Generation, prefix: String = "") -> Table {
    generation == .seed ? featureVersions(prefix) : SystemTables01.featureVersions(prefix)
  }

  /// The recorded features, one row for each push.
  private static func featureVersions(_ prefix: String) -> Table {
    table(
      TableName("\(prefix)metaxy-system__feature_versions"),
      columns: [
        ("project", .string), ("feature_key", .string), ("feature_version", .string),
        ("feature_spec_version", .string), ("feature_tracking_version", .string), ("recorded_at", .timestamp),
        ("feature_spec", .string), ("feature_class_path", .string), ("snapshot_version", .string),
      ],
      emptyInOldRows: "feature_tracking_version",
      indexes: [["project", "feature_key", "snapshot_version"], ["snapshot_version"], ["recorded_at"]])
  }

  private static func migrationEvents(_ prefix: String) -> Table {
    table(
      TableName("\(prefix)metaxy-system__migration_events"),
      columns: [
        ("project", .string), ("migration_id", .string), ("event_type", .string), ("timestamp", .timestamp),
        ("feature_key", .string), ("rows_affected", .bigint), ("error_message", .string),
      ],
      indexes: [["project", "migration_id", "event_type"], ["timestamp"]])
  }

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
