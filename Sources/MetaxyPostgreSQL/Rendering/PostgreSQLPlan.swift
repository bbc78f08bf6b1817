internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySchema

/// The operations of a revision as a whole: the form of one depends on the others.
struct PostgreSQLPlan {
  let operations: [MigrationOperation]
  /// The tables that the operations create, which hold no rows.
  let created: Set<TableName>
  /// The tables that have row policies before, between or after the operations, by name.
  let tablesWithPolicies: [TableName]
  private let dropped: Set<TableName>
  private let operationsByTable: [TableName: [MigrationOperation]]
  /// The tables on which indexes are created, by the names of the indexes.
  private var createdIndexes: [TableName: [TableName]] = [:]
  /// The names that new objects other than indexes get.
  private var claimedNames: Set<TableName> = []
  private var sequences: [SequenceDefinition] = []
  private var changes: [ColumnKey: [ChangeColumn]] = [:]
  private var droppedColumns: Set<ColumnKey> = []
  /// The tables with another name, or with columns of another name, before the operations or after them.
  private var renamed: Set<TableName> = []
  private let isOnline: Bool
  let formerNames: PostgreSQLFormerNames

  struct ColumnKey: Hashable {
    var table: TableName
    var column: String
  }

  /// - Parameters:
  ///   - live: the tables before the operations.
  ///   - isOnline: whether long operations run while other sessions read and write.
  init(
    _ operations: [MigrationOperation], on live: RenamedSchema, isOnline: Bool, formerNames: PostgreSQLFormerNames
  ) {
    self.operations = operations
    self.formerNames = formerNames
    self.isOnline = isOnline
    created = operations.createdTables
    dropped = operations.droppedTables
    operationsByTable = Dictionary(grouping: operations, by: \.table)
    tablesWithPolicies = Self.tablesWithPolicies(operations, on: live)
    for operation in operations {
      claimNames(of: operation)
      switch operation {
      case .createSequence(let creation): sequences.append(creation.sequence)
      case .changeSequence(let change): sequences.append(change.new)
      case .renameTable(let rename): renamed.formUnion([rename.table, rename.newName])
      case .renameColumn(let rename): renamed.insert(rename.table)
      case .changeColumn(let change):
        changes[ColumnKey(table: change.table, column: change.new.name), default: []].append(change)
      case .dropColumn(let removal):
        droppedColumns.insert(ColumnKey(table: removal.table, column: removal.column.name))
      default: continue
      }
    }
  }

  private static func tablesWithPolicies(
    _ operations: [MigrationOperation], on live: RenamedSchema
  ) -> [TableName] {
    var names: Set<TableName> = []
    for schema in [live.before.definition, live.after.definition] {
      for table in schema.tables.values where !table.policies.isEmpty { names.insert(table.name) }
    }
    for operation in operations {
      switch operation {
      case .createTable(let creation) where !creation.definition.policies.isEmpty: names.insert(creation.table)
      case .addPolicy(let addition): names.insert(addition.table)
      case .renameTable(let rename) where names.contains(rename.table): names.insert(rename.newName)
      default: continue
      }
    }
    return names.sorted()
  }

  /// The operations on a table, in order; whatever has that name.
  func operations(on table: TableName) -> [MigrationOperation] { operationsByTable[table] ?? [] }

  /// Returns whether a table can contain rows.
  func mayHoldRows(_ table: TableName) -> Bool { !created.contains(table) }

  func renames(_ table: TableName) -> Bool { renamed.contains(table) }

  /// Returns whether a table is dropped, and another one with its name created.
  func replaces(_ table: TableName) -> Bool { created.contains(table) && dropped.contains(table) }

  /// Returns whether a table is created or dropped.
  func changes(_ table: TableName) -> Bool { created.contains(table) || dropped.contains(table) }

  /// Returns the primary key that is dropped; nil if none is.
  func droppedKey(of table: TableName) -> PrimaryKey? {
    for case .dropConstraint(let removal) in operations(on: table) {
      if case .primaryKey(let key) = removal.constraint { return key }
    }
    return nil
  }

  /// Returns the name of an enum type before all operations.
  func formerName(ofType name: TableName) -> TableName {
    operations.reversed().reduce(name) { name, operation in
      if case .renameEnum(let rename) = operation, rename.newName == name { rename.table } else { name }
    }
  }

  /// Returns the name of a value of an enum type before the renames at the beginning.
  func formerValue(_ value: String, ofType name: TableName) -> String {
    operations.prefix(while: \.isRename).reversed().reduce(value) { value, operation in
      guard case .renameEnumValue(let rename) = operation, rename.table == name, rename.value.new == value else {
        return value
      }
      return rename.value.old
    }
  }

  func change(_ aspect: ChangeColumn.Aspect, of column: String, in table: TableName) -> ChangeColumn? {
    changes[ColumnKey(table: table, column: column)]?.first { $0.aspect == aspect }
  }

  /// Returns the names of the columns that the operations add to a table.
  func addedColumns(of table: TableName) -> Set<String> {
    var names: Set<String> = []
    for case .addColumn(let addition) in operations(on: table) { names.insert(addition.column.name) }
    return names
  }

  /// Returns whether the value of a backfill is computed from a column.
  func backfills(_ table: TableName, reading column: String) -> Bool {
    operations(on: table).contains { operation in
      let backfilled: Column? =
        switch operation {
        case .addColumn(let addition): addition.column
        case .changeColumn(let change): change.new
        default: nil
        }
      guard case .expression(let expression) = backfilled?.backfill?.value else { return false }
      return expression.names.contains(column)
    }
  }

  func drops(_ column: String, of table: TableName) -> Bool {
    dropped.contains(table) || droppedColumns.contains(ColumnKey(table: table, column: column))
  }

  func drops(_ constraint: Constraint, of table: TableName) -> Bool {
    operations(on: table).contains {
      guard case .dropConstraint(let removal) = $0 else { return false }
      return removal.constraint.name?.text == constraint.name?.text
    }
  }

  func drops(_ index: Index, of table: TableName) -> Bool {
    operations(on: table).contains {
      guard case .dropIndex(let removal) = $0 else { return false }
      return removal.index.name.text == index.name.text
    }
  }

  /// Returns whether a column is dropped and added, because there is no other way to change its generation.
  func isRemade(_ column: String, in table: TableName) -> Bool {
    change(.computed, of: column, in: table)?.new.generated != nil
  }

  /// Returns whether columns are dropped, or rewritten with their indexes, so that the table is locked in any case.
  func rewrites(_ columns: Set<String>, of table: TableName) -> Bool {
    columns.contains { column in
      drops(column, of: table) || change(.type, of: column, in: table) != nil
        || change(.collation, of: column, in: table) != nil || change(.computed, of: column, in: table) != nil
    }
  }

  /// Returns whether another object needs the name of an index at once.
  func needsName(_ name: String, in schema: String?) -> Bool {
    let key = TableName(name, schema: schema)
    // One that replaces an index is built before, with another name.
    return claimedNames.contains(key) || (createdIndexes[key] ?? []).contains { !replacesIndex(name, of: $0) }
  }

  private mutating func claimNames(of operation: MigrationOperation) {
    func claim(_ name: String?) {
      if let name { claimedNames.insert(TableName(name, schema: operation.table.schema)) }
    }
    switch operation {
    case .createIndex(let creation):
      let name = TableName(creation.index.name.text, schema: creation.table.schema)
      createdIndexes[name, default: []].append(creation.table)
    case .createTable(let creation):
      claim(creation.table.name)
      for constraint in creation.definition.constraints { claim(constraint.name?.text) }
      for column in creation.definition.columns { claim(Self.sequence(of: column, in: creation.table)) }
    case .renameIndex(let rename): claim(rename.new.name.text)
    case .renameConstraint(let rename): claim(rename.new.name?.text)
    case .addConstraint(let addition): claim(addition.constraint.name?.text)
    case .createSequence(let creation): claim(creation.table.name)
    case .addColumn(let addition): claim(Self.sequence(of: addition.column, in: addition.table))
    default: return
    }
  }

  /// The name of the sequence that numbers a column; nil if none does.
  private static func sequence(of column: Column, in table: TableName) -> String? {
    column.identity.map { ($0.sequence ?? SequenceName.usual(of: column.name, in: table)).name }
  }

  /// The enum types that are replaced, by the names that `format_type` prints.
  var replacedTypes: Set<String> {
    operations.reduce(into: []) { types, operation in
      if case .changeEnum(let change) = operation { types.insert(PostgreSQLTypes.canonicalName(of: change.table)) }
    }
  }

  /// The enum types that do not have all their values before the operations.
  var changedTypes: [EnumType] {
    operations.compactMap { operation in
      switch operation {
      case .changeEnum(let change): change.new
      case .addEnumValue(let addition): addition.new
      case .createEnum(let creation): creation.type
      case .renameEnumValue(let rename): rename.new
      default: nil
      }
    }
  }

  /// Returns whether an index is dropped and another one created with its name, which is built before the drop.
  func replacesIndex(_ name: String, of table: TableName) -> Bool {
    guard isOnline, mayHoldRows(table) else { return false }
    var (isDropped, isCreated) = (false, false)
    for operation in operations(on: table) {
      switch operation {
      case .dropIndex(let removal) where removal.index.name.text == name:
        guard !rewrites(removal.index.namedColumns, of: table) else { return false }
        isDropped = true
      case .createIndex(let creation) where creation.index.name.text == name: isCreated = true
      default: continue
      }
    }
    return isDropped && isCreated
  }

  /// Returns whether a key or unique constraint stays until its replacement is built.
  func isReplaced(_ constraint: Constraint, of table: TableName) -> Bool {
    guard isOnline, constraint.keyColumns != nil, mayHoldRows(table), !rewrites(constraint.namedColumns, of: table)
    else { return false }
    return operations(on: table).contains { operation in
      guard case .addConstraint(let addition) = operation else { return false }
      switch (addition.constraint, constraint) {
      case (.primaryKey, .primaryKey): return true
      case (.unique(let new), .unique(let old)): return new.name?.text == old.name?.text
      default: return false
      }
    }
  }

  /// Returns whether a replacement needs another name while the object that it replaces exists.
  func replaces(_ constraint: Constraint, of table: TableName) -> Bool {
    operations(on: table).contains { operation in
      guard case .dropConstraint(let removal) = operation else { return false }
      return removal.constraint.name?.text == constraint.name?.text && isReplaced(removal.constraint, of: table)
    }
  }

  /// Returns whether a table gets a key or a unique index, to which foreign keys can refer.
  func addsKey(to table: TableName) -> Bool {
    operations(on: table).contains { operation in
      switch operation {
      case .addConstraint(let addition): addition.constraint.keyColumns != nil
      case .createIndex(let creation): creation.index.isUnique
      default: false
      }
    }
  }

  /// Returns whether the operations create an index or constraint with this name, including its comment.
  func makes(_ subject: ChangeComment.Subject, of table: TableName) -> Bool {
    operations(on: table).contains { operation in
      switch (subject, operation) {
      case (.index(let name), .createIndex(let creation)): creation.index.name.text == name
      case (.constraint(let name), .addConstraint(let addition)): addition.constraint.name?.text == name
      default: false
      }
    }
  }

  func setsNotNull(in table: TableName) -> Bool {
    changes.contains { key, changes in
      key.table == table && changes.contains { $0.aspect == .nullable && !$0.new.isNullable }
    }
  }

  /// Returns whether the operations create an index, or a constraint with an index, with this name.
  func makesIndex(_ name: String, of table: TableName) -> Bool {
    makes(.index(name), of: table) || makes(.constraint(name), of: table)
  }

  /// Returns whether the column that owns a sequence is created after it.
  func createsOwner(_ owner: SequenceDefinition.Owner) -> Bool {
    created.contains(owner.table)
      || operations(on: owner.table).contains {
        guard case .addColumn(let addition) = $0 else { return false }
        return addition.column.name == owner.column
      }
  }

  /// Returns the sequences that these columns will own and that are created before them.
  func sequences(ownedBy columns: [String], of table: TableName) -> [SequenceDefinition] {
    sequences.filter { $0.owner.map { $0.table == table && columns.contains($0.column) } ?? false }
  }
}
