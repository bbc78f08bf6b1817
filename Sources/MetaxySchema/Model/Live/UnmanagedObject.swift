package import MetaxyNames

/// An object of a database that depends on tables and is not managed: a view, a rule, a trigger, a row policy.
///
/// It is never compared. A change that cannot be made while it exists drops and restores it, or is refused.
package struct UnmanagedObject: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case view
    case materializedView = "materialized view"
    case rule
    case trigger
    case policy = "row policy"
    case statistics = "statistics object"
    case publication
    case columnRights = "rights on the column"
    /// One of a table that is not managed.
    case foreignKey = "foreign key"
    /// A function, domain or other object, described by its name.
    case other = ""
  }

  /// What it needs; each of it cannot be dropped, and some of it cannot change, while the object exists.
  package enum Use: Sendable, Hashable {
    /// A table, view or sequence, or the type of its rows.
    case relation(TableName)
    case column(String, of: TableName)
    case constraint(String, of: TableName)
    case type(TableName)
  }

  package var kind: Kind
  /// The name, with a schema for objects that have one.
  package var name: TableName
  /// The table or view on which it is; it is dropped with that one. nil for independent objects.
  package var relation: TableName?
  package var uses: Set<Use> = []
  /// The statement that creates it; nil for objects that cannot be restored.
  package var definition: String?
  package var comment: String?
  /// Further words of `ALTER`: whether a trigger or rule is enabled, the target of a statistics object.
  package var state: String?
  /// The statements that grant rights on it.
  package var rights: [String] = []
  /// The owner, if it is another role.
  package var owner: String?
  /// The reason why it cannot be restored unchanged; nil if it can.
  package var obstacle: String?

  package init(_ kind: Kind, _ name: TableName, on relation: TableName? = nil) {
    self.kind = kind
    self.name = name
    self.relation = relation
  }

  package var isView: Bool { kind == .view || kind == .materializedView }

  /// Returns whether it needs one of the relations, or a part of one.
  package func uses(any relations: Set<TableName>) -> Bool {
    uses.contains { use in
      switch use {
      case .relation(let name), .column(_, let name), .constraint(_, let name): relations.contains(name)
      case .type: false
      }
    }
  }

  /// Returns whether it needs one of the columns of a relation.
  package func uses(_ columns: Set<String>, of relation: TableName) -> Bool {
    uses.contains { if case .column(let name, relation) = $0 { columns.contains(name) } else { false } }
  }

  /// Returns the object after a rename. Its definition is then the one of before, because only the engine knows the new one.
  package func following(_ operation: MigrationOperation) -> UnmanagedObject {
    var object = self
    switch operation {
    case .renameTable(let rename):
      if relation == rename.table { object.relation = rename.newName }
      object.uses = Set(uses.map { $0.moving(rename.table, to: rename.newName) })
    case .renameColumn(let rename):
      let (old, new) = (Use.column(rename.oldName, of: rename.table), Use.column(rename.newName, of: rename.table))
      if object.uses.remove(old) != nil { object.uses.insert(new) }
    case .renameConstraint(let rename):
      guard let former = rename.old.name?.text, let name = rename.new.name?.text else { break }
      if object.uses.remove(.constraint(former, of: rename.table)) != nil {
        object.uses.insert(.constraint(name, of: rename.table))
      }
    case .renameEnum(let rename):
      if object.uses.remove(.type(rename.table)) != nil { object.uses.insert(.type(rename.newName)) }
    case .renameEnumValue(let rename):
      object.definition = definition.map { EnumConstants(rename.value, of: rename.type).replaced(in: $0) }
      return object
    default: break
    }
    if object != self, obstacle == nil { object.obstacle = "its definition after the rename is not known" }
    return object
  }
}

extension UnmanagedObject.Use {
  fileprivate func moving(_ old: TableName, to new: TableName) -> UnmanagedObject.Use {
    switch self {
    case .relation(old): .relation(new)
    case .column(let name, old): .column(name, of: new)
    case .constraint(let name, old): .constraint(name, of: new)
    default: self
    }
  }
}

extension UnmanagedObject: CustomStringConvertible {
  /// The object for display: ``trigger `tr` on `video` ``.
  package var description: String {
    switch kind {
    case .view, .materializedView, .statistics: "\(kind.rawValue) `\(name)`"
    case .rule, .trigger, .policy, .foreignKey: "\(kind.rawValue) `\(name.name)`\(relation.map { " on `\($0)`" } ?? "")"
    case .publication: "\(kind.rawValue) `\(name.name)`"
    case .columnRights: "\(kind.rawValue) `\(relation.map { "\($0)." } ?? "")\(name.name)`"
    case .other: "`\(name.name)`"
    }
  }
}
