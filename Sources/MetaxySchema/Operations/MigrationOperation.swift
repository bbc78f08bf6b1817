package import MetaxyNames

/// One change of schema as a value.
///
/// A case contains complete objects, not only their names, so that its reverse can restore dropped objects. It does not depend
/// on an engine, so that each dialect can render it in its own SQL. Renderers, ordering and records are exhaustive `switch`es:
/// a new case does not compile until each of them handles it.
package enum MigrationOperation: Sendable, Hashable {
  case createTable(CreateTable)
  case dropTable(DropTable)
  case renameTable(RenameTable)
  case changeTableOptions(ChangeTableOptions)
  case changeStorage(ChangeStorage)
  case changePartition(ChangePartition)
  case changeTableSettings(ChangeTableSettings)

  case addColumn(AddColumn)
  case dropColumn(DropColumn)
  case renameColumn(RenameColumn)
  case changeColumn(ChangeColumn)
  case renameValue(RenameValue)

  case addConstraint(AddConstraint)
  case dropConstraint(DropConstraint)
  case renameConstraint(RenameConstraint)
  case changeConstraint(ChangeConstraint)

  case createIndex(CreateIndex)
  case dropIndex(DropIndex)
  case renameIndex(RenameIndex)

  case addPolicy(AddPolicy)
  case dropPolicy(DropPolicy)

  case createSchema(CreateSchema)
  case dropSchema(DropSchema)

  case createEnum(CreateEnum)
  case dropEnum(DropEnum)
  case renameEnum(RenameEnum)
  case renameEnumValue(RenameEnumValue)
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
    case .changeTableSettings(let payload): payload
    case .addColumn(let payload): payload
    case .dropColumn(let payload): payload
    case .renameColumn(let payload): payload
    case .changeColumn(let payload): payload
    case .renameValue(let payload): payload
    case .addConstraint(let payload): payload
    case .dropConstraint(let payload): payload
    case .renameConstraint(let payload): payload
    case .changeConstraint(let payload): payload
    case .createIndex(let payload): payload
    case .dropIndex(let payload): payload
    case .renameIndex(let payload): payload
    case .addPolicy(let payload): payload
    case .dropPolicy(let payload): payload
    case .createSchema(let payload): payload
    case .dropSchema(let payload): payload
    case .createEnum(let payload): payload
    case .dropEnum(let payload): payload
    case .renameEnum(let payload): payload
    case .renameEnumValue(let payload): payload
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
  /// The operation for display, as in Alembic: `add_column video.fps`, `remove_index ix_video_path`.
  package var description: String { payload.description }
  /// The kind of change, as in Alembic: `add_column`.
  package var verb: String { payload.verb }
  /// The table that changes; a type, sequence or schema, depending on `kind`.
  package var table: TableName { payload.table }
  /// The object that changes, for display: `video.fps`.
  package var subject: String { payload.subject }
  /// The kind of object that has the name `table`.
  package var kind: ObjectKind { payload.kind }
  /// The column that changes; nil for other objects.
  package var columnName: String? { payload.columnName }
  /// The column, constraint or index that changes, for display; nil for the table itself.
  package var object: String? { payload.object }
  /// The operation that undoes this one.
  package var reversed: MigrationOperation { payload.reversed }
  /// The definition before the change, for display; nil if there was none.
  package var before: String? { payload.before }
  /// The definition after the change, for display; nil if there is none.
  package var after: String? { payload.after }

  package var createsOrDropsTable: Bool {
    switch self {
    case .createTable, .dropTable: true
    default: false
    }
  }

  /// Whether it renames a table, a column, an enum type or a value of one, whose names other operations use.
  package var isRename: Bool {
    switch self {
    case .renameTable, .renameColumn, .renameEnum, .renameEnumValue: true
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
