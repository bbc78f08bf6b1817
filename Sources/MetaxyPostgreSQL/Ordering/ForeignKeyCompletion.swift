internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
internal import MetaxySchema

/// Adds operations on foreign keys that the other operations require: a key that blocks one is dropped and restored, and a
/// key of a new table to a table that is created later becomes a separate operation.
struct ForeignKeyCompletion {
  private(set) var operations: [MigrationOperation]
  private let start: Schema
  private var drops: [MigrationOperation] = []
  private var additions: [MigrationOperation] = []
  /// The positions of the operations on each table, in order; of the drop of a partition, also on the tables to which it
  /// belongs.
  private var places: [TableName: [Int]] = [:]
  /// The positions of the operations that can block a key of any table.
  private var typeChanges: [Int] = []

  /// - Parameter start: the tables before the operations.
  init(_ operations: [MigrationOperation], on start: Schema) {
    self.operations = operations
    self.start = start
    for (place, operation) in operations.enumerated() {
      places[operation.table, default: []].append(place)
      switch operation {
      case .dropTable(let removal):
        for whole in start.wholes(of: removal.table) { places[whole, default: []].append(place) }
      case .changeEnum: typeChanges.append(place)
      default: continue
      }
    }
    for table in start.sorted { for key in table.foreignKeys { release(key, of: table) } }
    for index in operations.indices { separateKeys(at: index) }
    let end = self.operations.lastIndex { !$0.dropsSchemaObject } ?? -1
    self.operations.insert(contentsOf: additions, at: end + 1)
    self.operations = drops + self.operations
  }

  /// Drops a foreign key that blocks an operation, and restores it unless it is removed.
  private mutating func release(_ key: ForeignKey, of table: Table) {
    let constraint = Constraint.foreignKey(key)
    let own = places[table.name] ?? []
    let others = (places[key.table] ?? []) + typeChanges
    guard let obstacle = (own + others).filter({ isBlocked(operations[$0], by: key, of: table) }).min(),
      !own.contains(where: { isDrop(operations[$0], of: constraint, from: table.name) })
    else { return }
    let drop = MigrationOperation.dropConstraint(.init(table: table.name, constraint: constraint))
    if let place = own.first(where: { operations[$0].removal(of: table.name) != nil }) {
      guard place > obstacle, var removal = operations[place].removal(of: table.name) else { return }
      removal.definition.foreignKeys.removeAll { $0 == key }
      operations[place] = .dropTable(removal)
      drops.append(drop)
    } else {
      drops.append(drop)
      if exists(key.table) { additions.append(.addConstraint(.init(table: table.name, constraint: constraint))) }
    }
  }

  private func exists(_ table: TableName) -> Bool {
    let last = (places[table] ?? []).last { operations[$0].createsOrDropsTable && operations[$0].table == table }
    return last.flatMap { operations[$0].removal(of: table) } == nil
  }

  private func isDrop(_ operation: MigrationOperation, of constraint: Constraint, from table: TableName) -> Bool {
    guard case .dropConstraint(let removal) = operation, removal.table == table else { return false }
    return removal.constraint == constraint
      || (removal.constraint.name != nil && removal.constraint.name?.text == constraint.name?.text)
  }

  /// Whether an operation fails while the foreign key exists.
  private func isBlocked(_ operation: MigrationOperation, by key: ForeignKey, of table: Table) -> Bool {
    let referenced = Set(
      key.referencedColumns.isEmpty ? start[key.table]?.primaryKey?.columns ?? [] : key.referencedColumns)
    switch operation {
    case .dropTable(let removal):
      return key.table != table.name && ([removal.table] + start.wholes(of: removal.table)).contains(key.table)
    case .dropConstraint(let removal):
      return removal.table == key.table && removal.constraint.keyColumns == referenced
    case .dropIndex(let removal): return removal.table == key.table && removal.index.keyColumns == referenced
    case .changeColumn(let change) where change.aspect == .type:
      guard
        (change.table == table.name && key.columns.contains(change.new.name))
          || (change.table == key.table && referenced.contains(change.new.name))
      else { return false }
      // PostgreSQL rebuilds a key between an integer and a bigint by itself.
      let (old, new) = (PostgreSQLTypeShape(change.old.type), PostgreSQLTypeShape(change.new.type))
      return old.kind != new.kind || old.kind == .other || old.isArray != new.isArray
    case .changeEnum(let change):
      // The columns of both sides change one after the other.
      let type = PostgreSQLTypes.canonicalName(of: change.table)
      return key.columns.contains { column in
        table.column(column).map { PostgreSQLTypeShape($0.type).name == type } ?? false
      }
    default: return false
    }
  }

  /// Removes from `CREATE TABLE` the foreign keys to tables that are created later; these keys can be added in a later stage.
  private mutating func separateKeys(at index: Int) {
    guard case .createTable(var creation) = operations[index] else { return }
    let waiting = creation.definition.foreignKeys.filter { key in
      (places[key.table] ?? []).contains { place in
        place != index && provides(operations[place], for: key) && (place > index || operations[place].buildsKey)
      }
    }
    guard !waiting.isEmpty else { return }
    creation.definition.foreignKeys.removeAll(where: waiting.contains)
    operations[index] = .createTable(creation)
    additions += waiting.map { .addConstraint(.init(table: creation.table, constraint: .foreignKey($0))) }
  }

  private func provides(_ operation: MigrationOperation, for key: ForeignKey) -> Bool {
    guard operation.table == key.table, operation.kind == .table else { return false }
    let columns = Set(key.referencedColumns)
    switch operation {
    case .createTable: return true
    case .addColumn(let addition): return columns.contains(addition.column.name)
    case .addConstraint(let addition):
      guard let keyColumns = addition.constraint.keyColumns else { return false }
      return columns.isEmpty || keyColumns == columns
    case .createIndex(let creation): return creation.index.keyColumns == columns
    case .changeColumn(let change): return change.aspect == .type && columns.contains(change.new.name)
    default: return false
    }
  }
}

extension MigrationOperation {
  /// Whether the operation drops an object that tables use; these drops come last.
  fileprivate var dropsSchemaObject: Bool {
    switch self {
    case .dropEnum, .dropSequence, .dropSchema: true
    default: false
    }
  }

  /// Whether it adds a key, which can be built in a later section.
  fileprivate var buildsKey: Bool {
    switch self {
    case .addConstraint, .createIndex: true
    default: false
    }
  }

  fileprivate func removal(of table: TableName) -> DropTable? {
    if case .dropTable(let removal) = self, removal.table == table { removal } else { nil }
  }
}

extension Schema {
  /// The partitioned tables to which a table belongs, the nearest first.
  func wholes(of table: TableName) -> [TableName] {
    var wholes: [TableName] = []
    // A table is not a partition of itself, but a record may contain such an entry.
    while let parent = self[wholes.last ?? table]?.partition?.parent, !wholes.contains(parent) { wholes.append(parent) }
    return wholes
  }
}
