internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The objects that one operation creates, alters, drops, needs and releases.
struct OperationEffects {
  private(set) var uses: [(object: SchemaObject, access: Access)] = []
  private let start: Schema
  let types: ColumnTypes
  private let objects: [UnmanagedObject]

  /// - Parameters:
  ///   - start: the tables before the operations.
  ///   - types: the types of columns that the operations change.
  ///   - objects: the unmanaged objects.
  init(
    of operation: MigrationOperation, on start: Schema, _ types: ColumnTypes, _ objects: [UnmanagedObject]
  ) {
    self.objects = objects
    self.start = start
    self.types = types
    if let schema = operation.table.schema, operation.kind != .namespace { add(.uses, .schema(schema)) }
    add(operation)
  }

  private mutating func add(_ operation: MigrationOperation) {
    switch operation {
    case .createTable(let creation): create(creation.definition)
    case .dropTable(let removal): drop(removal.definition)
    case .renameTable(let rename): add(.changes, .table(rename.table), .table(rename.newName))
    case .changeTableOptions, .changeStorage: use(operation.table)
    case .changePartition(let change): add(change)
    case .changeTableSettings(let change): add(change)

    case .addColumn(let addition): add(addition)
    case .dropColumn(let removal): add(removal)
    case .renameColumn(let rename):
      use(rename.table)
      add(.changes, .column(rename.oldName, of: rename.table), .column(rename.newName, of: rename.table))
    case .changeColumn(let change): add(change)
    case .renameValue(let rename):
      use(rename.table)
      add(.uses, .column(rename.column, of: rename.table))
      add(.changes, .checkedValues(rename.column, of: rename.table))

    case .addConstraint(let addition): create(addition.constraint, in: addition.table)
    case .dropConstraint(let removal): drop(removal.constraint, from: removal.table)
    case .renameConstraint(let rename):
      use(rename.table)
      addNames(of: rename.old, in: rename.table, .releases)
      addNames(of: rename.new, in: rename.table, .changes)

    case .changeConstraint(let change):
      use(change.table)
      addNames(of: change.new, in: change.table, .uses)
      addMeaning(of: change.new, in: change.table, .needs)

    case .createIndex(let creation): create(creation.index, on: creation.table)
    case .dropIndex(let removal): drop(removal.index, of: removal.table)
    case .renameIndex(let rename):
      use(rename.table)
      add(.releases, .index(rename.old.name.text, of: rename.table))
      add(.changes, .index(rename.new.name.text, of: rename.table))

    // They come after, and before, all operations on what their conditions read.
    case .addPolicy, .dropPolicy: use(operation.table)

    case .createSchema(let creation): add(.changes, .schema(creation.name))
    case .dropSchema(let removal): add(.changes, .schema(removal.name))

    case .createEnum(let creation): add(.changes, .type(named: creation.table), .rowType(creation.table))
    case .dropEnum(let removal):
      add(.changes, .type(named: removal.table))
      add(.releases, .rowType(removal.table))
    case .renameEnum(let rename): add(.changes, .type(named: rename.table), .type(named: rename.newName))
    case .renameEnumValue(let rename): add(.changes, .type(named: rename.table))
    case .addEnumValue(let addition):
      add(.uses, .type(named: addition.table))
      add(.changes, .newValues(ofTypeNamed: addition.table))
    case .changeEnum(let change):
      add(.uses, .type(named: change.table))
      add(
        .changes,
        change.onlyRemovesValues ? .oldValues(ofTypeNamed: change.table) : .newValues(ofTypeNamed: change.table))

    case .createSequence(let creation):
      change(creation.sequence)
      add(.changes, .relation(creation.table))
    case .dropSequence(let removal):
      change(removal.sequence)
      add(.releases, .relation(removal.table))
    case .changeSequence(let change):
      self.change(change.old)
      self.change(change.new)

    case .changeComment(let change): add(change)
    }
  }

  mutating func add(_ access: Access, _ objects: SchemaObject...) {
    for object in objects { uses.append((object, access)) }
  }

  // MARK: Tables

  private mutating func create(_ table: Table) {
    add(.changes, .table(table.name), .index(table.name.name, of: table.name), .rowType(table.name))
    for column in table.columns { addSequence(of: column, in: table.name, .changes) }
    if let partition = table.partition {
      add(.needs, .table(partition.parent))
      add(.uses, .parts(of: partition.parent))
    }
    for parent in table.settings.parents {
      add(.needs, .table(parent))
      for column in table.columns + (start[parent]?.columns ?? []) { add(.needs, .column(column.name, of: parent)) }
    }
    for column in table.columns { addTypes(of: column.name, in: table.name) }
    for constraint in table.constraints { addNames(of: constraint, in: table.name, .changes) }
    for key in table.foreignKeys { addTarget(of: key, in: table.name, .needs) }
  }

  private mutating func drop(_ table: Table) {
    add(.changes, .table(table.name))
    add(.releases, .index(table.name.name, of: table.name), .rowType(table.name))
    for parent in table.settings.parents {
      add(.releases, .table(parent))
      for column in table.columns { add(.releases, .column(column.name, of: parent)) }
    }
    for column in table.columns { addSequence(of: column, in: table.name, .releases) }
    for object in objects where object.relation == table.name { release(object, of: table.name) }
    for name in [table.name] + start.wholes(of: table.name) { add(.changes, .references(to: name)) }
    for column in table.columns { addTypes(of: column.name, in: table.name) }
    for constraint in table.constraints { addNames(of: constraint, in: table.name, .releases) }
    for key in table.foreignKeys { addTarget(of: key, in: table.name, .releases) }
  }

  /// What an object on a table needs can be dropped after the table.
  private mutating func release(_ object: UnmanagedObject, of table: TableName) {
    for use in object.uses {
      switch use {
      case .relation(let name) where name != table: add(.releases, .references(to: name))
      case .column(let column, let name) where name != table:
        add(.releases, .references(to: name), .column(column, of: name))
      case .type(let name): add(.releases, .type(named: name))
      default: continue
      }
    }
  }

  /// The name of the sequence that numbers a column.
  private mutating func addSequence(of column: Column, in table: TableName, _ access: Access) {
    guard let identity = column.identity else { return }
    add(access, .relation(identity.sequence ?? SequenceName.usual(of: column.name, in: table)))
  }

  private mutating func add(_ change: ChangePartition) {
    add(.uses, .table(change.table))
    add(.changes, .membership(of: change.table))
    if let old = change.old {
      add(.releases, .table(old.parent))
      add(.changes, .parts(of: old.parent))
    }
    if let new = change.new {
      add(.needs, .table(new.parent))
      add(.changes, .parts(of: new.parent))
    }
  }

  private mutating func add(_ change: ChangeTableSettings) {
    use(change.table)
    if let index = change.index { add(.needs, .index(index, of: change.table)) }
    for parent in change.leftParents {
      add(.releases, .table(parent))
      add(.changes, .parts(of: parent))
    }
    for parent in change.joinedParents {
      add(.needs, .table(parent))
      add(.changes, .parts(of: parent))
    }
  }

  /// A change of a table keeps its place among those of its partitions.
  private mutating func use(_ table: TableName) {
    add(.uses, .table(table), .membership(of: table), .parts(of: table))
  }

  // MARK: Columns

  private mutating func add(_ addition: AddColumn) {
    let (table, column) = (addition.table, addition.column)
    use(table)
    add(.changes, .column(column.name, of: table))
    addInherited(column.name, of: table)
    addSequence(of: column, in: table, .changes)
    addColumns(column.generated?.expression.names, of: table, .needs)
    addTypes(of: column.name, in: table)
  }

  private mutating func add(_ removal: DropColumn) {
    let (table, column) = (removal.table, removal.column)
    use(table)
    add(.changes, .column(column.name, of: table))
    addInherited(column.name, of: table)
    addSequence(of: column, in: table, .releases)
    addColumns(column.generated?.expression.names, of: table, .releases)
    addTypes(of: column.name, in: table)
  }

  /// A parent gets and loses a column before its children.
  private mutating func addInherited(_ column: String, of table: TableName) {
    for parent in start[table]?.settings.parents ?? [] { add(.needs, .column(column, of: parent)) }
  }

  private mutating func add(_ change: ChangeColumn) {
    let (table, name) = (change.table, change.new.name)
    use(table)
    let (column, nullability) = (SchemaObject.column(name, of: table), SchemaObject.nullability(name, of: table))
    let value = SchemaObject.defaultValue(name, of: table)
    switch change.aspect {
    case .type:
      add(.changes, column)
      addTypes(of: name, in: table)
    case .collation: add(.changes, column)
    case .nullable:
      add(.needs, column)
      add(.changes, nullability)
    case .default:
      add(.needs, column)
      add(.changes, value)
      addTypes(of: name, in: table)
    // A column whose values are computed has no default.
    case .computed where change.new.generated == nil: add(.releases, column, value)
    case .computed:
      add(.changes, column)
      addColumns(change.old.generated?.expression.names, of: table, .releases)
      addColumns(change.new.generated?.expression.names, of: table, .needs)
      addTypes(of: name, in: table)
    // An identity column is NOT NULL and has no other default.
    case .identity: add(change.new.identity == nil ? .releases : .needs, column, nullability, value)
    case .comment: add(.uses, column)
    // A change of the type sets the storage to that of the type.
    case .storage: add(.needs, column)
    }
  }

  mutating func addColumns(_ names: Set<String>?, of table: TableName, _ access: Access) {
    for name in (names ?? []).sorted() { add(access, .column(name, of: table)) }
  }

  // MARK: Types, sequences, comments

  private mutating func addTypes(of column: String, in table: TableName) {
    for type in types.of(column, in: table) {
      add(.uses, .type(type))
      add(.needs, .newValues(ofType: type))
      add(.releases, .oldValues(ofType: type))
    }
  }

  /// An expression may contain a value that its type loses or gets.
  mutating func addExpressions(on columns: Set<String>, of table: TableName, _ access: Access) {
    for type in columns.sorted().flatMap({ types.of($0, in: table) }) {
      add(.uses, .type(type))
      add(access, .newValues(ofType: type))
      add(.releases, .oldValues(ofType: type))
    }
  }

  private mutating func change(_ sequence: SequenceDefinition) {
    add(.changes, .sequence(sequence.name))
    if let owner = sequence.owner { add(.uses, .table(owner.table), .column(owner.column, of: owner.table)) }
  }

  private mutating func add(_ change: ChangeComment) {
    switch change.subject {
    case .table: use(change.table)
    case .constraint(let name):
      use(change.table)
      add(.needs, .constraint(name, of: change.table))
    case .index(let name):
      use(change.table)
      add(.needs, .index(name, of: change.table))
    // A rebuilt type gets its old comment.
    case .type:
      add(.uses, .type(named: change.table))
      add(.needs, .newValues(ofTypeNamed: change.table), .oldValues(ofTypeNamed: change.table))
    case .sequence: add(.uses, .sequence(change.table))
    }
  }
}
