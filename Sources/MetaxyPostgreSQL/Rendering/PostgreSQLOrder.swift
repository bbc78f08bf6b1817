internal import MetaxyFeatures
internal import MetaxySQL
internal import MetaxySchema

/// Puts operations into an order that runs.
///
/// It is the order in which they come, Alembic's, wherever that one runs. Renames at the beginning and at the end stay
/// there. What the order of the forward direction takes care of may be the wrong way round on the way back, so each rule
/// looks at what is there, not at where it comes from.
struct PostgreSQLOrder {
  private let first: [MigrationOperation]
  private var middle: [MigrationOperation]
  private let last: [MigrationOperation]
  /// The tables after the renames that come first.
  private let start: Schema

  init(_ operations: [MigrationOperation], on live: RenamedSchema) {
    first = Array(operations.prefix(while: \.isRename))
    let rest = operations.dropFirst(first.count)
    last = Array(rest.reversed().prefix(while: \.isRename).reversed())
    middle = Array(rest.dropLast(last.count))
    start = (live.renames.isEmpty ? live.before.applying(first) : live.after).definition
    leaveToPartitions()
    moveDropsBeforeDetachments()
    sortColumnChanges()
    moveDropsBeforeChanges()
    moveAdditionsAfterChanges()
    moveEnumChanges()
    releaseKeys()
    moveForeignKeysToTheEnd()
  }

  /// The operations, but for the renames at their end.
  var operations: [MigrationOperation] { first + middle }
  /// The renames at the end, before which everything else has to be done: it has the names that were.
  var closingRenames: [MigrationOperation] { last }

  /// What a partition has in common with its table is the table's: it comes with the attachment and stays after it.
  private mutating func leaveToPartitions() {
    for case .changePartition(let change) in middle {
      let parents = [change.old, change.new].compactMap { $0.flatMap { start[$0.parent] } }
      let constraints = Set(parents.flatMap(\.constraints).map(\.displayText))
      let indexes = Set(parents.flatMap(\.indexes).map(\.displayText))
      middle = middle.filter { operation in
        guard operation.table == change.table else { return true }
        switch operation {
        case .addConstraint(let addition): return !constraints.contains(addition.constraint.displayText)
        case .dropConstraint(let removal): return !constraints.contains(removal.constraint.displayText)
        case .createIndex(let creation): return !indexes.contains(creation.index.displayText)
        case .dropIndex(let removal): return !indexes.contains(removal.index.displayText)
        default: return true
        }
      }
    }
  }

  /// What goes from a table goes while its partitions are its own, so that it goes from them, too.
  private mutating func moveDropsBeforeDetachments() {
    for index in middle.indices where removedColumns(middle[index]) != nil {
      let table = middle[index].table
      guard let place = middle[..<index].firstIndex(where: { isDetachment($0, from: table) }) else {
        continue
      }
      middle.insert(middle.remove(at: index), at: place)
    }
  }

  private func isDetachment(_ operation: MigrationOperation, from whole: TableName) -> Bool {
    if case .changePartition(let change) = operation { change.old?.parent == whole } else { false }
  }

  // MARK: Columns

  /// Sorts the changes of each column among themselves: what it computes or counts by itself goes first and comes last, and
  /// a default belongs to the type that is there.
  private mutating func sortColumnChanges() {
    var places: [PostgreSQLPlan.ColumnKey: [Int]] = [:]
    for (index, operation) in middle.enumerated() {
      guard case .changeColumn(let change) = operation else { continue }
      places[PostgreSQLPlan.ColumnKey(table: change.table, column: change.new.name), default: []].append(index)
    }
    for indices in places.values where indices.count > 1 {
      let sorted = indices.map { middle[$0] }.sorted { $0.rank < $1.rank }
      for (index, change) in zip(indices, sorted) { middle[index] = change }
    }
  }

  /// Brings indexes and constraints that go out of the way of the changes of their columns.
  private mutating func moveDropsBeforeChanges() {
    for index in middle.indices {
      guard let (columns, isKey) = removedColumns(middle[index]) else { continue }
      let table = middle[index].table
      guard let place = middle[..<index].firstIndex(where: { isChange($0, of: columns, in: table, isKey) }) else {
        continue
      }
      middle.insert(middle.remove(at: index), at: place)
    }
  }

  /// Lets indexes and constraints that come wait for their columns.
  private mutating func moveAdditionsAfterChanges() {
    for index in middle.indices.reversed() {
      guard let (columns, isKey) = addedColumns(middle[index]) else { continue }
      let table = middle[index].table
      let place = middle[(index + 1)...].lastIndex {
        isChange($0, of: columns, in: table, isKey) || isAddition($0, of: columns, to: table)
      }
      guard let place else { continue }
      middle.insert(middle.remove(at: index), at: place)
    }
  }

  private func removedColumns(_ operation: MigrationOperation) -> (Set<String>, isKey: Bool)? {
    switch operation {
    case .dropIndex(let operation): (operation.index.namedColumns, false)
    case .dropConstraint(let operation): (operation.constraint.namedColumns, operation.constraint.isPrimaryKey)
    default: nil
    }
  }

  private func addedColumns(_ operation: MigrationOperation) -> (Set<String>, isKey: Bool)? {
    switch operation {
    case .createIndex(let operation): (operation.index.namedColumns, false)
    case .addConstraint(let operation): (operation.constraint.namedColumns, operation.constraint.isPrimaryKey)
    default: nil
    }
  }

  /// - Parameter isKey: whether it matters that columns of a primary key are never NULL.
  private func isChange(
    _ operation: MigrationOperation, of columns: Set<String>, in table: TableName, _ isKey: Bool
  ) -> Bool {
    guard operation.table == table, operation.columnName.map(columns.contains) == true else { return false }
    switch operation {
    case .dropColumn: return true
    case .changeColumn(let change):
      return [.type, .collation, .computed].contains(change.aspect) || (isKey && change.aspect == .nullable)
    default: return false
    }
  }

  private func isAddition(_ operation: MigrationOperation, of columns: Set<String>, to table: TableName) -> Bool {
    guard case .addColumn(let addition) = operation else { return false }
    return addition.table == table && columns.contains(addition.column.name)
  }

  // MARK: Enum types

  /// New values are there before anything else, and values that go stay until nothing else has them.
  private mutating func moveEnumChanges() {
    let changes = middle.compactMap { if case .changeEnum(let change) = $0 { change } else { nil } }
    guard !changes.isEmpty else { return }
    middle.removeAll { if case .changeEnum = $0 { true } else { false } }
    let shrinking = changes.filter { Set($0.new.values).isSubset(of: $0.old.values) }
    let others = changes.filter { !Set($0.new.values).isSubset(of: $0.old.values) }
    let end = middle.lastIndex { !$0.dropsSchemaObject } ?? -1
    middle.insert(contentsOf: shrinking.map(MigrationOperation.changeEnum), at: end + 1)
    // An expression that is to go may name a value that goes.
    let names = Set(others.map { PostgreSQLTypes.canonicalName(of: $0.table) })
    let going = middle.filter { isDrop($0, ofExpressionsOn: names) }
    let isGoing = going.isEmpty ? [] : middle.indices.filter { isDrop(middle[$0], ofExpressionsOn: names) }
    for index in isGoing.reversed() { middle.remove(at: index) }
    let place = middle.firstIndex { !$0.comesBeforeTypes } ?? middle.endIndex
    middle.insert(contentsOf: going + others.map(MigrationOperation.changeEnum), at: place)
  }

  private func isDrop(_ operation: MigrationOperation, ofExpressionsOn types: Set<String>) -> Bool {
    guard let (columns, _) = removedColumns(operation), let table = start[operation.table] else { return false }
    switch operation {
    case .dropIndex(let removal): guard removal.index.hasExpressions else { return false }
    case .dropConstraint(let removal): guard removal.constraint.hasExpressions else { return false }
    default: return false
    }
    return table.columns.contains { columns.contains($0.name) && types.contains(PostgreSQLTypeShape($0.type).name) }
  }

  // MARK: Foreign keys

  /// Drops the foreign keys that stand in the way before all else, and puts those back that are to stay.
  private mutating func releaseKeys() {
    var drops: [MigrationOperation] = []
    var additions: [MigrationOperation] = []
    for table in start.sorted {
      for key in table.foreignKeys {
        let constraint = Constraint.foreignKey(key)
        guard let obstacle = middle.firstIndex(where: { isObstructed($0, by: key, of: table) }) else { continue }
        if let place = middle.firstIndex(where: { isDrop($0, of: constraint, from: table.name) }) {
          if place > obstacle { drops.append(middle.remove(at: place)) }
        } else if let place = middle.firstIndex(where: { isRemoval($0, of: table.name) }) {
          if place > obstacle { drops.append(.dropConstraint(.init(table: table.name, constraint: constraint))) }
        } else {
          drops.append(.dropConstraint(.init(table: table.name, constraint: constraint)))
          guard exists(key.table) else { continue }
          additions.append(.addConstraint(.init(table: table.name, constraint: constraint)))
        }
      }
    }
    middle = drops + middle
    let end = middle.lastIndex { !$0.dropsSchemaObject } ?? -1
    middle.insert(contentsOf: additions, at: end + 1)
  }

  private func isPart(_ table: TableName, of whole: TableName) -> Bool {
    guard let parent = start[table]?.partition?.parent else { return false }
    return parent == whole || isPart(parent, of: whole)
  }

  private func exists(_ table: TableName) -> Bool {
    middle.last { $0.createsOrDropsTable && $0.table == table }.map { !isRemoval($0, of: table) } ?? true
  }

  private func isRemoval(_ operation: MigrationOperation, of table: TableName) -> Bool {
    if case .dropTable(let removal) = operation { removal.table == table } else { false }
  }

  private func isDrop(_ operation: MigrationOperation, of constraint: Constraint, from table: TableName) -> Bool {
    guard case .dropConstraint(let removal) = operation, removal.table == table else { return false }
    return removal.constraint == constraint
      || (removal.constraint.name != nil && removal.constraint.name?.text == constraint.name?.text)
  }

  /// Whether a foreign key keeps an operation from running.
  private func isObstructed(
    _ operation: MigrationOperation, by key: ForeignKey, of table: Table
  ) -> Bool {
    let referenced = Set(
      key.referencedColumns.isEmpty ? start[key.table]?.primaryKey?.columns ?? [] : key.referencedColumns)
    switch operation {
    case .dropTable(let removal):
      return key.table != table.name && (removal.table == key.table || isPart(removal.table, of: key.table))
    case .dropConstraint(let removal):
      return removal.table == key.table && removal.constraint.keyColumns == referenced
    case .dropIndex(let removal):
      return removal.table == key.table && removal.index.isUnique
        && removal.index.elements.columns.map(Set.init) == referenced
    case .changeColumn(let change) where change.aspect == .type:
      guard
        (change.table == table.name && key.columns.contains(change.new.name))
          || (change.table == key.table && referenced.contains(change.new.name))
      else { return false }
      // A key between an integer and a bigint is one that PostgreSQL looks after by itself.
      let (old, new) = (PostgreSQLTypeShape(change.old.type), PostgreSQLTypeShape(change.new.type))
      return old.kind != new.kind || old.kind == .other || old.isArray != new.isArray
    default: return false
    }
  }

  /// A foreign key comes when the key to which it refers is there.
  private mutating func moveForeignKeysToTheEnd() {
    var keys: [MigrationOperation] = []
    var index = 0
    while index < middle.count {
      let later = middle[(index + 1)...]
      if case .addConstraint(let addition) = middle[index], case .foreignKey(let key) = addition.constraint,
        later.contains(where: { provides($0, for: key) })
      {
        keys.append(middle.remove(at: index))
        continue
      }
      if case .createTable(let creation) = middle[index] {
        var table = creation.definition
        let waiting = table.foreignKeys.filter { key in later.contains { provides($0, for: key) } }
        if !waiting.isEmpty {
          table.foreignKeys.removeAll(where: waiting.contains)
          middle[index] = .createTable(.init(table))
          keys += waiting.map {
            .addConstraint(.init(table: table.name, constraint: .foreignKey($0)))
          }
        }
      }
      index += 1
    }
    let end = middle.lastIndex { !$0.dropsSchemaObject } ?? -1
    middle.insert(contentsOf: keys, at: end + 1)
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
    case .createIndex(let creation):
      return creation.index.isUnique && creation.index.elements.columns.map(Set.init) == columns
    case .changeColumn(let change): return change.aspect == .type && columns.contains(change.new.name)
    default: return false
    }
  }
}

extension Constraint {
  fileprivate var isPrimaryKey: Bool { if case .primaryKey = self { true } else { false } }
}

extension MigrationOperation {
  fileprivate var dropsSchemaObject: Bool {
    switch self {
    case .dropEnum, .dropSequence, .dropSchema: true
    default: false
    }
  }

  fileprivate var comesBeforeTypes: Bool {
    switch self {
    case .createSchema, .renameEnum: true
    default: false
    }
  }

  fileprivate var rank: Int { if case .changeColumn(let change) = self { change.rank } else { 0 } }
}

extension ChangeColumn {
  /// The place of the change among those of its column.
  fileprivate var rank: Int {
    switch aspect {
    case .identity: new.identity == nil ? 0 : 6
    case .computed: new.generated == nil ? 1 : 5
    case .type: 2
    case .collation: 3
    case .nullable: new.isNullable ? 4 : 3
    case .default: 5
    case .comment: 7
    }
  }
}
