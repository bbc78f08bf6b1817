internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// What the operations of a revision are as a whole: the form of one depends on what the others do.
struct PostgreSQLPlan {
  let operations: [any MigrationOperation]
  /// The tables that the operations create, which hold no rows.
  let created: Set<TableName>
  private let dropped: Set<TableName>
  private let changes: [ColumnKey: [ChangeColumn]]
  private let droppedColumns: Set<ColumnKey>
  /// The tables with another name, or with columns of another name, before the operations or after them.
  private let renamed: Set<TableName>
  private let isOnline: Bool

  struct ColumnKey: Hashable {
    var table: TableName
    var column: String
  }

  init(_ operations: [any MigrationOperation], isOnline: Bool) {
    self.operations = operations
    self.isOnline = isOnline
    created = Set(operations.compactMap { ($0 as? CreateTable)?.table })
    dropped = Set(operations.compactMap { ($0 as? DropTable)?.table })
    changes = Dictionary(grouping: operations.compactMap { $0 as? ChangeColumn }) {
      ColumnKey(table: $0.table, column: $0.new.name)
    }
    droppedColumns = Set(
      operations.compactMap { $0 as? DropColumn }.map { ColumnKey(table: $0.table, column: $0.column.name) })
    renamed = operations.reduce(into: []) { names, operation in
      if let rename = operation as? RenameTable { names.formUnion([rename.table, rename.newName]) }
      if operation is RenameColumn { names.insert(operation.table) }
    }
  }

  /// Whether a table may hold rows.
  func mayHoldRows(_ table: TableName) -> Bool { !created.contains(table) }

  /// Whether a table and its columns have now the names that they have when an operation finds them.
  func hasItsName(_ table: TableName) -> Bool { !renames(table) }

  func renames(_ table: TableName) -> Bool { renamed.contains(table) }

  /// The primary key that goes; nil where none does.
  func droppedKey(of table: TableName) -> PrimaryKey? {
    for case let removal as DropConstraint in operations where removal.table == table {
      if case .primaryKey(let key) = removal.constraint { return key }
    }
    return nil
  }

  /// The name that an enum type had before all operations.
  func formerName(ofType name: TableName) -> TableName {
    operations.reversed().compactMap { $0 as? RenameEnum }.reduce(name) { $1.newName == $0 ? $1.table : $0 }
  }

  func change(_ aspect: ChangeColumn.Aspect, of column: String, in table: TableName) -> ChangeColumn? {
    changes[ColumnKey(table: table, column: column)]?.first { $0.aspect == aspect }
  }

  func drops(_ column: String, of table: TableName) -> Bool {
    dropped.contains(table) || droppedColumns.contains(ColumnKey(table: table, column: column))
  }

  /// Whether a column is dropped and added anew, since there is no other way to how it is computed.
  func isRemade(_ column: String, in table: TableName) -> Bool {
    change(.computed, of: column, in: table)?.new.generated != nil
  }

  /// Whether columns are dropped, or rewritten with their indexes, so that the table is locked in any case.
  func rewrites(_ columns: Set<String>, of table: TableName) -> Bool {
    columns.contains { column in
      drops(column, of: table) || change(.type, of: column, in: table) != nil
        || change(.collation, of: column, in: table) != nil || change(.computed, of: column, in: table) != nil
    }
  }

  /// Whether the name of an index is wanted at once by something else.
  func needsName(_ name: String, in schema: String?) -> Bool {
    operations.contains { operation in
      guard operation.table.schema == schema else { return false }
      switch operation {
      case let creation as CreateIndex: return created.contains(creation.table) && creation.index.name.text == name
      case let creation as CreateTable:
        return creation.table.name == name || creation.definition.constraints.contains { $0.name?.text == name }
      case let rename as RenameIndex: return rename.new.name.text == name
      case let rename as RenameConstraint: return rename.new.name?.text == name
      case let addition as AddConstraint: return addition.constraint.name?.text == name
      default: return false
      }
    }
  }

  /// Whether a key or a unique constraint stays until the one that takes its place is built.
  func isReplaced(_ constraint: Constraint, of table: TableName) -> Bool {
    guard isOnline, constraint.keyColumns != nil, mayHoldRows(table), !rewrites(constraint.namedColumns, of: table)
    else { return false }
    return operations.contains { operation in
      guard let addition = operation as? AddConstraint, addition.table == table else { return false }
      switch (addition.constraint, constraint) {
      case (.primaryKey, .primaryKey): return true
      case (.unique(let new), .unique(let old)): return new.name?.text == old.name?.text
      default: return false
      }
    }
  }

  /// Whether a replacement must have another name while what it replaces has its own.
  func replaces(_ constraint: Constraint, of table: TableName) -> Bool {
    operations.contains { operation in
      guard let removal = operation as? DropConstraint, removal.table == table else { return false }
      return removal.constraint.name?.text == constraint.name?.text && isReplaced(removal.constraint, of: table)
    }
  }

  /// Whether a table gets a key or a unique index, to which foreign keys may refer.
  func addsKey(to table: TableName) -> Bool {
    operations.contains { operation in
      guard operation.table == table else { return false }
      return (operation as? AddConstraint)?.constraint.keyColumns != nil
        || (operation as? CreateIndex)?.index.isUnique == true
    }
  }

  /// Whether the operations make an index or a constraint of this name, with its comment.
  func makes(_ subject: ChangeComment.Subject, of table: TableName) -> Bool {
    operations.contains { operation in
      guard operation.table == table else { return false }
      return switch (subject, operation) {
      case (.index(let name), let creation as CreateIndex): creation.index.name.text == name
      case (.constraint(let name), let addition as AddConstraint): addition.constraint.name?.text == name
      default: false
      }
    }
  }

  /// Whether the column that a sequence goes with comes after it.
  func createsOwner(_ owner: SequenceDefinition.Owner) -> Bool {
    created.contains(owner.table)
      || operations.contains {
        guard let addition = $0 as? AddColumn else { return false }
        return addition.table == owner.table && addition.column.name == owner.column
      }
  }

  /// The sequences that are to go with these columns, and come before them.
  func sequences(ownedBy columns: [String], of table: TableName) -> [SequenceDefinition] {
    operations.compactMap { ($0 as? CreateSequence)?.sequence ?? ($0 as? ChangeSequence)?.new }
      .filter { $0.owner.map { $0.table == table && columns.contains($0.column) } ?? false }
  }
}
