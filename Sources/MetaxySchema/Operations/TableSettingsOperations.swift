package import MetaxyNames

/// Changes one setting of a table: row level security, replica identity, the index of `CLUSTER`, its parents.
///
/// ```sql
/// ALTER TABLE "video" ENABLE ROW LEVEL SECURITY
/// ```
package struct ChangeTableSettings: OperationPayload {
  package enum Aspect: String, Sendable, Hashable, CaseIterable {
    case rowSecurity = "row_security"
    case replicaIdentity = "replica_identity"
    case clustering
    case inheritance
  }

  package var table: TableName
  package var aspect: Aspect
  package var old: TableSettings
  package var new: TableSettings

  package init(table: TableName, aspect: Aspect, from old: TableSettings, to new: TableSettings) {
    self.table = table
    self.aspect = aspect
    self.old = old
    self.new = new
  }

  package var verb: String { "modify_\(aspect.rawValue)" }
  package var reversed: MigrationOperation {
    .changeTableSettings(.init(table: table, aspect: aspect, from: new, to: old))
  }
  package var before: String? { old.displayText(of: aspect) }
  package var after: String? { new.displayText(of: aspect) }

  /// The parents before and after the change, of which only those at the beginning of both stay.
  package var leftParents: [TableName] { aspect == .inheritance ? Array(old.parents.dropFirst(keptParents)) : [] }
  package var joinedParents: [TableName] { aspect == .inheritance ? Array(new.parents.dropFirst(keptParents)) : [] }

  private var keptParents: Int { zip(old.parents, new.parents).prefix { $0 == $1 }.count }

  /// The index that the new setting refers to.
  package var index: String? {
    switch aspect {
    case .rowSecurity: nil
    case .replicaIdentity: new.replicaIdentity.indexName
    case .clustering: new.clusteredIndex
    case .inheritance: nil
    }
  }
}

extension TableSettings {
  func isSame(in aspect: ChangeTableSettings.Aspect, as other: TableSettings) -> Bool {
    switch aspect {
    case .rowSecurity: rowSecurity == other.rowSecurity
    case .replicaIdentity: replicaIdentity == other.replicaIdentity
    case .clustering: clusteredIndex == other.clusteredIndex
    case .inheritance: parents == other.parents
    }
  }

  mutating func take(_ aspect: ChangeTableSettings.Aspect, from other: TableSettings) {
    switch aspect {
    case .rowSecurity: rowSecurity = other.rowSecurity
    case .replicaIdentity: replicaIdentity = other.replicaIdentity
    case .clustering: clusteredIndex = other.clusteredIndex
    case .inheritance: parents = other.parents
    }
  }
}
