internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Says each operation in SQLite's words.
struct SQLiteRenderer: OperationRenderer {
  let dialect: SQLiteDialect
  let live: Schema
  /// The live tables after the operations.
  let changed: Schema
  let constraints: ColumnConstraints
  /// The tables that the same operations create, which are empty.
  let created: Set<TableName>

  private var writer: SQLWriter { SQLWriter(dialect) }

  func render(_ operation: CreateTable) throws -> [RenderedStatement] {
    [RenderedStatement(try writer.createTable(operation.definition))]
      + operation.definition.triggers.map { RenderedStatement($0.sql) }
  }

  func render(_ operation: DropTable) throws -> [RenderedStatement] {
    [RenderedStatement("DROP TABLE \(writer.name(operation.table))")]
  }

  func render(_ operation: CreateIndex) throws -> [RenderedStatement] {
    var statement = RenderedStatement(writer.createIndex(operation.index, on: operation.table))
    if let old = live[operation.table], let new = changed[operation.table], !created.contains(operation.table) {
      let demands = SQLitePreflightChecks(dialect: dialect, from: old, to: new, beside: live, creating: created)
      statement.notes = demands.notes(for: operation.index)
      statement.preconditions = demands.conditions(for: operation.index)
    }
    return [statement]
  }

  func render(_ operation: DropIndex) throws -> [RenderedStatement] {
    [RenderedStatement("DROP INDEX \(dialect.quoted(operation.index.name.text))")]
  }

  func render(_ operation: RenameTable) throws -> [RenderedStatement] {
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

  func render(_ operation: RenameColumn) throws -> [RenderedStatement] {
    let names = "\(dialect.quoted(operation.oldName)) TO \(dialect.quoted(operation.newName))"
    return [RenderedStatement("ALTER TABLE \(writer.name(operation.table)) RENAME COLUMN \(names)")]
  }

  func render(_ operation: AddColumn) throws -> [RenderedStatement] {
    let column = operation.column
    let inline = constraints.with(column.name, of: operation.table)
    try requireNativeAddition(of: column, with: inline)
    let options = live.sorted.first { $0.name.folded == operation.table.folded }?.options ?? []
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

  func render(_ operation: DropColumn) throws -> [RenderedStatement] {
    let name = operation.column.name
    // DROP COLUMN fails when a view can no longer be read. https://sqlite.org/lang_altertable.html#altertabdropcol
    if live[operation.table]?.views(naming: name).isEmpty == false { throw NeedsRebuild() }
    // DROP COLUMN looks at no name that a trigger sets. https://sqlite.org/lang_altertable.html#altertabdropcol
    let notes = (live[operation.table]?.triggers(naming: name) ?? []).map {
      "the trigger \($0) names \(operation.table).\(name): this fails, or the trigger when it fires"
    }
    let table = writer.name(operation.table)
    return [RenderedStatement("ALTER TABLE \(table) DROP COLUMN \(dialect.quoted(name))", notes: notes)]
  }

  func render(_ operation: ChangeColumn) throws -> [RenderedStatement] {
    throw NeedsRebuild()
  }

  func render(_ operation: AddConstraint) throws -> [RenderedStatement] {
    throw NeedsRebuild()
  }

  func render(_ operation: DropConstraint) throws -> [RenderedStatement] {
    throw NeedsRebuild()
  }

  func render(_ operation: ChangeTableOptions) throws -> [RenderedStatement] {
    throw NeedsRebuild()
  }

  /// Throws where ADD COLUMN is refused on a table that holds rows, whatever they are.
  /// https://sqlite.org/lang_altertable.html#alter_table_add_column
  private func requireNativeAddition(of column: Column, with constraints: [Constraint]) throws(NeedsRebuild) {
    if let generated = column.generated {
      if generated.isStored { throw NeedsRebuild() }
    } else if !column.isNullable, !dialect.hasDefault(column) {
      throw NeedsRebuild()
    }
    if let value = column.defaultValue {
      let hasForeignKey = constraints.contains { if case .foreignKey = $0 { true } else { false } }
      guard dialect.isConstant(value), !hasForeignKey else { throw NeedsRebuild() }
    }
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
