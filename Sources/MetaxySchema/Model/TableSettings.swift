package import MetaxyNames

/// What a table of PostgreSQL has besides columns, constraints and indexes.
package struct TableSettings: Sendable, Hashable {
  /// The rows that a role sees and writes.
  package var rowSecurity = RowSecurity()
  package var replicaIdentity = ReplicaIdentity.primaryKey
  /// The index by which `CLUSTER` orders the rows: the name of an index, or of a constraint with one.
  package var clusteredIndex: String?
  /// The tables of which it is a child: it has their columns, and a query of a parent reads its rows, too.
  package var parents: [TableName] = []

  package init() {}
}

/// Row level security of a table, apart from its policies.
package struct RowSecurity: Sendable, Hashable {
  package var isEnabled: Bool
  /// Whether policies apply to the owner of the table, too.
  package var isForced: Bool

  package init(isEnabled: Bool = false, isForced: Bool = false) {
    self.isEnabled = isEnabled
    self.isForced = isForced
  }
}

/// The columns of an updated or deleted row that replication writes to the log.
package enum ReplicaIdentity: Sendable, Hashable {
  /// Those of the primary key: the default.
  case primaryKey
  case nothing
  case full
  /// Those of a unique index: its name, or that of the constraint that it belongs to.
  case index(String)

  package var indexName: String? { if case .index(let name) = self { name } else { nil } }
}

extension TableSettings {
  /// Returns the settings without those that refer to one of these indexes.
  package func without(indexes: Set<String>) -> TableSettings {
    var settings = self
    if let name = replicaIdentity.indexName, indexes.contains(name) { settings.replicaIdentity = .primaryKey }
    if let name = clusteredIndex, indexes.contains(name) { settings.clusteredIndex = nil }
    return settings
  }

  /// Returns the settings with the indexes under other names.
  func renamingIndexes(_ names: [String: String]) -> TableSettings {
    var settings = self
    if let name = replicaIdentity.indexName { settings.replicaIdentity = .index(names[name] ?? name) }
    settings.clusteredIndex = clusteredIndex.map { names[$0] ?? $0 }
    return settings
  }
}
