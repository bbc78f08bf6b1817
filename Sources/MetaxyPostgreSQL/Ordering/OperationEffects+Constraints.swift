internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// The effects of constraints and indexes.
extension OperationEffects {
  mutating func create(_ constraint: Constraint, in table: TableName) {
    add(.needs, .table(table))
    add(.uses, .membership(of: table), .parts(of: table))
    addNames(of: constraint, in: table, .changes)
    addMeaning(of: constraint, in: table, .needs)
  }

  /// Dropping a constraint of a partitioned table drops it from the attached partitions, too.
  mutating func drop(_ constraint: Constraint, from table: TableName) {
    add(.releases, .table(table), .parts(of: table))
    add(.uses, .membership(of: table))
    addNames(of: constraint, in: table, .releases)
    addMeaning(of: constraint, in: table, .releases)
  }

  mutating func create(_ index: Index, on table: TableName) {
    add(.needs, .table(table))
    add(.uses, .membership(of: table), .parts(of: table))
    add(.changes, .index(index.name.text, of: table))
    addColumns(index.namedColumns, of: table, .needs)
    addKey(index.keyColumns, of: table)
    if index.hasExpressions { addExpressions(on: index.namedColumns, of: table, .needs) }
  }

  mutating func drop(_ index: Index, of table: TableName) {
    add(.releases, .table(table), .parts(of: table), .index(index.name.text, of: table))
    add(.uses, .membership(of: table))
    addColumns(index.namedColumns, of: table, .releases)
    addKey(index.keyColumns, of: table)
    if index.hasExpressions { addExpressions(on: index.namedColumns, of: table, .releases) }
  }

  /// - Parameter access: `needs` for a constraint that is added, `releases` for one that is dropped.
  mutating func addMeaning(of constraint: Constraint, in table: TableName, _ access: Access) {
    addColumns(constraint.namedColumns, of: table, access)
    addKey(constraint.keyColumns, of: table)
    if constraint.hasExpressions { addExpressions(on: constraint.namedColumns, of: table, access) }
    switch constraint {
    case .primaryKey(let key): for name in key.columns { add(access, .nullability(name, of: table)) }
    case .foreignKey(let key):
      addTarget(of: key, in: table, access)
      for type in key.columns.flatMap({ types.of($0, in: table) }) {
        add(access, .newValues(ofType: type), .oldValues(ofType: type))
      }
    case .check(let check): for name in check.expression.names { add(access, .checkedValues(name, of: table)) }
    case .unique, .exclusion: break
    }
  }

  private mutating func addKey(_ columns: Set<String>?, of table: TableName) {
    if let columns { add(.changes, .key(columns, of: table), .key(nil, of: table)) }
  }

  mutating func addTarget(of key: ForeignKey, in table: TableName, _ access: Access) {
    let columns = key.referencedColumns.isEmpty ? nil : Set(key.referencedColumns)
    if key.table != table { add(access, access == .needs ? .table(key.table) : .references(to: key.table)) }
    add(access, .key(columns, of: key.table))
    addColumns(columns, of: key.table, access)
  }

  /// The names of a constraint, which another one can use after they are released.
  mutating func addNames(of constraint: Constraint, in table: TableName, _ access: Access) {
    guard let name = constraint.name?.text else { return }
    add(access, .constraint(name, of: table))
    switch constraint {
    case .primaryKey, .unique, .exclusion: add(access, .index(name, of: table))
    case .check, .foreignKey: break
    }
  }
}
