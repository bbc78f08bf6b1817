package import MetaxySQL

/// One change of schema as a value.
///
/// A case carries whole objects, not only their names, so that its reverse can restore what it removes, and knows no engine,
/// so that each dialect can write it in its own SQL. Renderers, the order and the records are `switch`es over all cases: a
/// new kind of change does not compile until each of them handles it.
package enum MigrationOperation: Sendable, Hashable {
  case createTable(CreateTable)
  case dropTable(DropTable)
  case renameTable(RenameTable)
  case changeTableOptions(ChangeTableOptions)
  case changeStorage(ChangeStorage)
  case changePartition(ChangePartition)

  case addColumn(AddColumn)
  case dropColumn(DropColumn)
  case renameColumn(RenameColumn)
  case changeColumn(ChangeColumn)

  case addConstraint(AddConstraint)
  case dropConstraint(DropConstraint)
  case renameConstraint(RenameConstraint)

  case createIndex(CreateIndex)
  case dropIndex(DropIndex)
  case renameIndex(RenameIndex)

  case createSchema(CreateSchema)
  case dropSchema(DropSchema)

  case createEnum(CreateEnum)
  case dropEnum(DropEnum)
  case renameEnum(RenameEnum)
  case addEnumValue(AddEnumValue)
  case changeEnum(ChangeEnum)

  case createSequence(CreateSequence)
  case dropSequence(DropSequence)
  case changeSequence(ChangeSequence)

  case changeComment(ChangeComment)

  private var payload: any OperationPayload {
    switch self {
    case .createTable(let payload): payload
    case .dropTable(let payload): payload
    case .renameTable(let payload): payload
    case .changeTableOptions(let payload): payload
    case .changeStorage(let payload): payload
    case .changePartition(let payload): payload
    case .addColumn(let payload): payload
    case .dropColumn(let payload): payload
    case .renameColumn(let payload): payload
    case .changeColumn(let payload): payload
    case .addConstraint(let payload): payload
    case .dropConstraint(let payload): payload
    case .renameConstraint(let payload): payload
    case .createIndex(let payload): payload
    case .dropIndex(let payload): payload
    case .renameIndex(let payload): payload
    case .createSchema(let payload): payload
    case .dropSchema(let payload): payload
    case .createEnum(let payload): payload
    case .dropEnum(let payload): payload
    case .renameEnum(let payload): payload
    case .addEnumValue(let payload): payload
    case .changeEnum(let payload): payload
    case .createSequence(let payload): payload
    case .dropSequence(let payload): payload
    case .changeSequence(let payload): payload
    case .changeComment(let payload): payload
    }
  }
}

extension MigrationOperation: CustomStringConvertible {
  /// The operation as Alembic's users read it: `add_column video.fps`, `remove_index ix_video_path`. For people alone.
  package var description: String { payload.description }
  /// The kind of change in the field's words: `add_column`.
  package var verb: String { payload.verb }
  /// The table that changes; the type, sequence or schema where `kind` says so.
  package var table: TableName { payload.table }
  /// The object that changes, for people: `video.fps`.
  package var subject: String { payload.subject }
  /// What kind of object `table` names.
  package var kind: ObjectKind { payload.kind }
  /// The column that changes; nil where it is not one.
  package var columnName: String? { payload.columnName }
  /// The column, constraint or index concerned, for people; nil where it is the table itself.
  package var object: String? { payload.object }
  /// The operation that undoes this one.
  package var reversed: MigrationOperation { payload.reversed }
  /// What the database holds before, for people; nil where it holds nothing.
  package var before: String? { payload.before }
  /// What it holds after, for people.
  package var after: String? { payload.after }

  package var createsOrDropsTable: Bool {
    switch self {
    case .createTable, .dropTable: true
    default: false
    }
  }

  /// Whether it gives another name to a table, a column or an enum type: names that other operations use.
  package var isRename: Bool {
    switch self {
    case .renameTable, .renameColumn, .renameEnum: true
    default: false
    }
  }
}

extension [MigrationOperation] {
  /// The operations that undo these, last first.
  package var reverseOperations: [MigrationOperation] { reversed().map(\.reversed) }
}

extension Sequence<MigrationOperation> {
  package var createdTables: Set<TableName> {
    reduce(into: []) { names, operation in
      if case .createTable(let creation) = operation { names.insert(creation.table) }
    }
  }

  package var droppedTables: Set<TableName> {
    reduce(into: []) { names, operation in
      if case .dropTable(let removal) = operation { names.insert(removal.table) }
    }
  }
}
