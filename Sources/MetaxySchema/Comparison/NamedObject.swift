internal import MetaxyFeatures
internal import MetaxyNames

/// A constraint or index with its name.
enum NamedObject {
  case constraint(Constraint)
  case index(Index)

  var name: ConstraintName? {
    switch self {
    case .constraint(let constraint): constraint.name
    case .index(let index): index.name
    }
  }

  /// Whether its name is also one of a relation.
  var hasIndex: Bool {
    switch self {
    case .constraint(.check), .constraint(.foreignKey): false
    default: true
    }
  }

  func named(_ name: String) -> NamedObject {
    switch self {
    case .constraint(let constraint): return .constraint(constraint.named(.derived(name)))
    case .index(var index):
      index.name = .derived(name)
      return .index(index)
    }
  }

  /// The names that it has in a table.
  func names(in table: TableName) -> Set<ObjectName> {
    guard let name else { return [] }
    let relation = ObjectName.relation(TableName(name.text, schema: table.schema))
    switch self {
    case .index: return [relation]
    case .constraint:
      return hasIndex ? [relation, .constraint(name.text, of: table)] : [.constraint(name.text, of: table)]
    }
  }

  func creation(in table: TableName) -> MigrationOperation {
    switch self {
    case .constraint(let constraint): .addConstraint(.init(table: table, constraint: constraint))
    case .index(let index): .createIndex(.init(table: table, index: index))
    }
  }

  /// Returns the operation that gives it the name of another one.
  func rename(to other: NamedObject, in table: TableName) -> MigrationOperation? {
    switch (self, other) {
    case (.constraint(let old), .constraint(let new)): .renameConstraint(.init(table: table, from: old, to: new))
    case (.index(let old), .index(let new)): .renameIndex(.init(table: table, from: old, to: new))
    default: nil
    }
  }
}

/// A name that only one object can have.
enum ObjectName: Hashable {
  /// A name of a table, index, sequence or view.
  case relation(TableName)
  case constraint(String, of: TableName)
}

extension Constraint {
  func named(_ name: ConstraintName) -> Constraint {
    switch self {
    case .primaryKey(var key):
      key.name = name
      return .primaryKey(key)
    case .unique(var unique):
      unique.name = name
      return .unique(unique)
    case .check(var check):
      check.name = name
      return .check(check)
    case .foreignKey(var key):
      key.name = name
      return .foreignKey(key)
    case .exclusion(var exclusion):
      exclusion.name = name
      return .exclusion(exclusion)
    }
  }
}

extension Table {
  var namedObjects: [NamedObject] { constraints.map { .constraint($0) } + indexes.map { .index($0) } }

  /// The names of the table and its objects.
  var objectNames: Set<ObjectName> {
    let sequences = columns.compactMap { $0.identity?.sequence }.map { ObjectName.relation($0) }
    return namedObjects.reduce(into: Set([.relation(name)] + sequences)) { $0.formUnion($1.names(in: name)) }
  }
}

extension MigrationOperation {
  /// The names that an operation gives to objects.
  var claimedNames: Set<ObjectName> {
    switch self {
    case .createTable(let creation): creation.definition.objectNames
    case .renameTable(let rename): [.relation(rename.newName)]
    case .addConstraint(let addition): NamedObject.constraint(addition.constraint).names(in: addition.table)
    case .renameConstraint(let rename): NamedObject.constraint(rename.new).names(in: rename.table)
    case .createIndex(let creation): NamedObject.index(creation.index).names(in: creation.table)
    case .renameIndex(let rename): NamedObject.index(rename.new).names(in: rename.table)
    case .createSequence(let creation): [.relation(creation.table)]
    default: []
    }
  }

  /// The names that are free after an operation: those that its reverse gives.
  var releasedNames: Set<ObjectName> { reversed.claimedNames }
}
