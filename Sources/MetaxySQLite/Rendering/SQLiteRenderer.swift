internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// Writes operations as statements of SQLite.
struct SQLiteRenderer {
  let dialect: SQLiteDialect
  let live: LiveSchema
  /// The live tables after the operations.
  let changed: Schema
  let constraints: ColumnConstraints
  /// The tables that the same operations create, which are empty.
  let created: Set<TableName>

  var state: Schema { live.definition }
  var writer: SQLWriter { SQLWriter(dialect) }

  /// Whether an operation cannot be done in place, so that its table is rebuilt.
  func needsRebuild(_ operation: MigrationOperation) -> Bool {
    switch operation {
    case .changeColumn, .renameValue, .addConstraint, .dropConstraint, .changeTableOptions: true
    case .addColumn(let addition):
      !canAdd(addition.column, with: constraints.with(addition.column.name, of: addition.table))
    // DROP COLUMN fails when a view can no longer be read. https://sqlite.org/lang_altertable.html#altertabdropcol
    case .dropColumn(let removal):
      live.dependents[removal.table]?.views(naming: removal.column.name).isEmpty == false
    case .createTable, .dropTable, .renameTable, .renameColumn, .createIndex, .dropIndex: false
    // SQLite has no such objects.
    case .changeStorage, .changePartition, .changeTableSettings, .renameConstraint, .changeConstraint, .renameIndex,
      .addPolicy, .dropPolicy,
      .createSchema, .dropSchema, .createEnum, .dropEnum, .renameEnum, .renameEnumValue, .addEnumValue,
      .changeEnum, .createSequence, .dropSequence, .changeSequence,
      .changeComment:
      false
    }
  }

  /// - Throws: `cannot_render` for operations that require a rebuild, and for operations that SQLite does not support.
  func render(_ operation: MigrationOperation) throws(MetaxyError) -> [RenderedStatement] {
    switch operation {
    case .createTable(let creation): try render(creation)
    case .dropTable(let removal): render(removal)
    case .renameTable(let rename): render(rename)
    case .addColumn(let addition): try render(addition)
    case .dropColumn(let removal): render(removal)
    case .renameColumn(let rename): render(rename)
    case .createIndex(let creation): render(creation)
    case .dropIndex(let removal): render(removal)
    case .changeColumn, .renameValue, .addConstraint, .dropConstraint, .changeTableOptions, .changeStorage,
      .changePartition,
      .changeTableSettings, .renameConstraint, .changeConstraint, .renameIndex, .addPolicy, .dropPolicy, .createSchema,
      .dropSchema, .createEnum,
      .dropEnum, .renameEnum, .renameEnumValue, .addEnumValue,
      .changeEnum, .createSequence, .dropSequence, .changeSequence, .changeComment:
      throw .cannotRender(operation)
    }
  }
}
