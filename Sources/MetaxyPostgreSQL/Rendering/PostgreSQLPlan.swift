internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySchema

/// The operations of a revision as a whole: the form of one depends on the others.
struct PostgreSQLPlan {
  let operations: [MigrationOperation]
  /// The tables that the operations create, which hold no rows.
  let created: Set<TableName>
  private let dropped: Set<TableName>
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

  init(_ operations: [MigrationOperation], isOnline: Bool, formerNames: PostgreSQLFormerNames) {
    self.operations = operations
    self.formerNames = formerNames
    self.isOnline = isOnline
    created = operations.createdTables
    dropped = operations.droppedTables
    for operation in operations {
      switch operation {
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

  /// Returns whether a table can contain rows.
  func mayHoldRows(_ table: TableName) -> Bool { !created.contains(table) }

  func renames(_ table: TableName) -> Bool { renamed.contains(table) }

  /// Returns whether a table is dropped, and another one with its name created.
  func replaces(_ table: TableName) -> Bool { created.contains(table) && dropped.contains(table) }

  /// Returns whether a table is created or dropped.
  func changes(_ table: TableName) -> Bool { created.contains(table) || dropped.contains(table) }

  /// Returns the primary key that is dropped; nil if none is.
  func droppedKey(of table: TableName) -> PrimaryKey? {
    for case .dropConstraint(let removal) in operations where removal.table == table {
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
    for case .addColumn(let addition) in operations where addition.table == table { names.insert(addition.column.name) }
    return names
  }

  /// Returns whether the value of a backfill is computed from a column.
  func backfills(_ table: TableName, reading column: String) -> Bool {
    operations.contains { operation in
      let backfilled: Column? =
        switch operation {
        case .addColumn(let addition) where addition.table == table: addition.column
        case .changeColumn(let change) where change.table == table: change.new
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
    operations.contains {
      guard case .dropConstraint(let removal) = $0, removal.table == table else { return false }
      return removal.constraint.name?.text == constraint.name?.text
    }
  }

  func drops(_ index: Index, of table: TableName) -> Bool {
    operations.contains {
      guard case .dropIndex(let removal) = $0, removal.table == table else { return false }
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
    operations.contains { operation in
      guard operation.table.schema == schema else { return false }
      switch operation {
      // One that replaces an index is built before, with another name.
      case .createIndex(let creation):
        return creation.index.name.text == name && !replacesIndex(name, of: creation.table)
      case .createTable(let creation):
        let table = creation.definition
        return creation.table.name == name || table.constraints.contains { $0.name?.text == name }
          || table.columns.contains { numbers($0, in: table.name, with: name) }
      case .renameIndex(let rename): return rename.new.name.text == name
      case .renameConstraint(let rename): return rename.new.name?.text == name
      case .addConstraint(let addition): return addition.constraint.name?.text == name
      case .createSequence(let creation): return creation.table.name == name
      case .addColumn(let addition): return numbers(addition.column, in: addition.table, with: name)
      default: return false
      }
    }
  }

  private func numbers(_ column: Column, in table: TableName, with name: String) -> Bool {
    column.identity.map { ($0.sequence ?? SequenceName.usual(of: column.name, in: table)).name == name } ?? false
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
    for operation in operations where operation.table == table {
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
    return operations.contains { operation in
      guard case .addConstraint(let addition) = operation, addition.table == table else { return false }
      switch (addition.constraint, constraint) {
      case (.primaryKey, .primaryKey): return true
      case (.unique(let new), .unique(let old)): return new.name?.text == old.name?.text
      default: return false
      }
    }
  }

  /// Returns whether a replacement needs another name while the object that it replaces exists.
  func replaces(_ constraint: Constraint, of table: TableName) -> Bool {
    operations.contains { operation in
      guard case .dropConstraint(let removal) = operation, removal.table == table else { return false }
      return removal.constraint.name?.text == constraint.name?.text && isReplaced(removal.constraint, of: table)
    }
  }

  /// Returns whether a table gets a key or a unique index, to which foreign keys can refer.
  func addsKey(to table: TableName) -> Bool {
    operations.contains { operation in
      guard operation.table == table else { return false }
      switch operation {
      case .addConstraint(let addition): return addition.constraint.keyColumns != nil
      case .createIndex(let creation): return creation.index.isUnique
      default: return false
      }
    }
  }

  /// Returns whether the operations create an index or constraint with this name, including its comment.
  func makes(_ subject: ChangeComment.Subject, of table: TableName) -> Bool {
    operations.contains { operation in
      guard operation.table == table else { return false }
      return switch (subject, operation) {
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
      || operations.contains {
        guard case .addColumn(let addition) = $0 else { return false }
        return addition.table == owner.table && addition.column.name == owner.column
      }
  }

  /// Returns the sequences that these columns will own and that are created before them.
  func sequences(ownedBy columns: [String], of table: TableName) -> [SequenceDefinition] {
    operations.compactMap { operation in
      switch operation {
      case .createSequence(let creation): creation.sequence
      case .changeSequence(let change): change.new
      default: nil
      }
    }.filter { $0.owner.map { $0.table == table && columns.contains($0.column) } ?? false }
  }
}
