internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRuntime
internal import MetaxySQL
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

  private var state: Schema { live.definition }
  private var writer: SQLWriter { SQLWriter(dialect) }

  /// Whether an operation has no statement of its own, so that its table is rebuilt.
  func needsRebuild(_ operation: MigrationOperation) -> Bool {
    switch operation {
    case .changeColumn, .addConstraint, .dropConstraint, .changeTableOptions: true
    case .addColumn(let addition):
      !canAdd(addition.column, with: constraints.with(addition.column.name, of: addition.table))
    // DROP COLUMN fails when a view can no longer be read. https://sqlite.org/lang_altertable.html#altertabdropcol
    case .dropColumn(let removal):
      live.dependents[removal.table]?.views(naming: removal.column.name).isEmpty == false
    case .createTable, .dropTable, .renameTable, .renameColumn, .createIndex, .dropIndex: false
    // Nothing that SQLite has.
    case .changeStorage, .changePartition, .renameConstraint, .renameIndex, .createSchema, .dropSchema, .createEnum,
      .dropEnum, .renameEnum, .addEnumValue, .changeEnum, .createSequence, .dropSequence, .changeSequence,
      .changeComment:
      false
    }
  }

  /// - Throws: `cannot_render` for what only a rebuild can do, and for what SQLite does not have.
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
    case .changeColumn, .addConstraint, .dropConstraint, .changeTableOptions, .changeStorage, .changePartition,
      .renameConstraint, .renameIndex, .createSchema, .dropSchema, .createEnum, .dropEnum, .renameEnum, .addEnumValue,
      .changeEnum, .createSequence, .dropSequence, .changeSequence, .changeComment:
      throw .cannotRender(operation)
    }
  }

  private func render(_ operation: CreateTable) throws(MetaxyError) -> [RenderedStatement] {
    [RenderedStatement(try writer.createTable(operation.definition))]
      + operation.triggers.map { RenderedStatement($0.sql) }
  }

  private func render(_ operation: DropTable) -> [RenderedStatement] {
    [RenderedStatement("DROP TABLE \(writer.name(operation.table))")]
  }

  private func render(_ operation: CreateIndex) -> [RenderedStatement] {
    var statement = RenderedStatement(writer.createIndex(operation.index, on: operation.table))
    if let old = state[operation.table], let new = changed[operation.table], !created.contains(operation.table) {
      let demands = SQLitePreflightChecks(dialect: dialect, from: old, to: new, beside: state, creating: created)
      statement.notes = demands.notes(for: operation.index)
      statement.preconditions = demands.conditions(for: operation.index)
    }
    return [statement]
  }

  private func render(_ operation: DropIndex) -> [RenderedStatement] {
    [RenderedStatement("DROP INDEX \(dialect.quoted(operation.index.name.text))")]
  }

  private func render(_ operation: RenameTable) -> [RenderedStatement] {
    let old = writer.name(operation.table)
    let new = writer.name(operation.newName)
    guard operation.table.folded == operation.newName.folded else {
      return [RenderedStatement("ALTER TABLE \(old) RENAME TO \(new)")]
    }
    // In SQLite, the table itself already occupies the new name if it differs only in letter case.
    let between = dialect.quoted("_metaxy_\(operation.newName.name)")
    return [
      RenderedStatement("ALTER TABLE \(old) RENAME TO \(between)"),
      RenderedStatement("ALTER TABLE \(between) RENAME TO \(new)"),
    ]
  }

  private func render(_ operation: RenameColumn) -> [RenderedStatement] {
    let names = "\(dialect.quoted(operation.oldName)) TO \(dialect.quoted(operation.newName))"
    return [RenderedStatement("ALTER TABLE \(writer.name(operation.table)) RENAME COLUMN \(names)")]
  }

  private func render(_ operation: AddColumn) throws(MetaxyError) -> [RenderedStatement] {
    let column = operation.column
    let inline = constraints.with(column.name, of: operation.table)
    let options = state.sorted.first { $0.name.folded == operation.table.folded }?.options ?? []
    let definition = try writer.definition(of: column, in: options, with: inline)
    let table = writer.name(operation.table)
    let addition = RenderedStatement("ALTER TABLE \(table) ADD COLUMN \(definition)")
    if column.generated != nil {
      let notes = generationNotes(of: column, in: operation.table, with: inline)
      return [RenderedStatement(addition.sql, notes: notes)]
    }
    guard let backfill = column.backfill, backfill != .null, !dialect.hasDefault(column) else { return [addition] }
    let update = "UPDATE \(table) SET \(dialect.quoted(column.name)) = \(dialect.literal(backfill))"
    return [addition, RenderedStatement(update)]
  }

  private func generationNotes(of column: Column, in table: TableName, with constraints: [Constraint]) -> [String] {
    let demands = (column.isNullable ? [] : ["not null"]) + constraints.map(\.displayText)
    return demands.map { "fails while rows of \(table) give \(column.name) a value that breaks: \($0)" }
  }

  private func render(_ operation: DropColumn) -> [RenderedStatement] {
    let name = operation.column.name
    // DROP COLUMN looks at no name that a trigger sets. https://sqlite.org/lang_altertable.html#altertabdropcol
    let notes = (live.dependents[operation.table]?.triggers(naming: name) ?? []).map {
      "the trigger \($0) names \(operation.table).\(name): this fails, or the trigger when it fires"
    }
    let table = writer.name(operation.table)
    return [RenderedStatement("ALTER TABLE \(table) DROP COLUMN \(dialect.quoted(name))", notes: notes)]
  }

  /// Whether ADD COLUMN is accepted on a table that holds rows, whatever they are.
  /// https://sqlite.org/lang_altertable.html#alter_table_add_column
  private func canAdd(_ column: Column, with constraints: [Constraint]) -> Bool {
    if let generated = column.generated {
      if generated.isStored { return false }
    } else if !column.isNullable, !dialect.hasDefault(column) {
      return false
    }
    guard let value = column.defaultValue else { return true }
    let hasForeignKey = constraints.contains { if case .foreignKey = $0 { true } else { false } }
    return dialect.isConstant(value) && !hasForeignKey
  }
}

extension SQLiteDialect {
  /// Returns whether the database generates a value other than NULL for the column.
  func hasDefault(_ column: Column) -> Bool {
    column.defaultValue.map { text(of: $0).uppercased() != "NULL" } ?? false
  }

  /// Returns whether a default is the same for all rows and times, as ADD COLUMN requires.
  fileprivate func isConstant(_ value: ColumnDefault) -> Bool {
    let text = text(of: value)
    return isLiteral(text) && !text.uppercased().hasPrefix("CURRENT_")
  }
}
