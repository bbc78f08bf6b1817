internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Columns.
extension SQLiteRenderer {
  func render(_ operation: AddColumn) throws(MetaxyError) -> [RenderedStatement] {
    let column = operation.column
    let inline = constraints.with(column.name, of: operation.table)
    let options = dialect.table(operation.table, in: state)?.options ?? []
    let definition = try writer.definition(of: column, in: options, with: inline)
    let table = writer.name(operation.table)
    let addition = RenderedStatement(
      "ALTER TABLE \(table) ADD COLUMN \(definition)",
      preconditions: conditions(of: inline, with: column, on: operation.table),
      laterExpressions: dialect.computedDefaults(of: [column]))
    if column.generated != nil {
      let notes = generationNotes(of: column, in: operation.table, with: inline)
      return [RenderedStatement(addition.sql, notes: notes, preconditions: addition.preconditions)]
    }
    guard let value = column.addedValue(hasDefault: dialect.hasDefault(column)) else { return [addition] }
    let update = "UPDATE \(table) SET \(dialect.quoted(column.name)) = \(dialect.expression(ofBackfill: value))"
    return [addition, RenderedStatement(update, preconditions: backfillConditions(of: column, in: operation.table))]
  }

  private func backfillConditions(of column: Column, in table: TableName) -> [RowCondition] {
    guard let old = state[table], let new = changed[table], !created.contains(table) else { return [] }
    return SQLiteBackfillChecks(dialect: dialect, from: old, to: new, of: column).conditions
  }

  /// Returns the conditions of the constraints of a new column, which SQLite checks on existing rows.
  private func conditions(
    of constraints: [Constraint], with column: Column, on table: TableName
  ) -> [RowCondition] {
    guard let old = state[table], let new = changed[table], !created.contains(table) else { return [] }
    return SQLitePreflightChecks(dialect: dialect, from: old, to: new, beside: state, creating: created)
      .conditions(ofColumn: column, constraints)
  }

  private func generationNotes(of column: Column, in table: TableName, with constraints: [Constraint]) -> [String] {
    let conditions = (column.isNullable ? [] : ["not null"]) + constraints.map(\.displayText)
    return conditions.map { "fails if rows of \(table) give \(column.name) a value that violates: \($0)" }
  }

  func render(_ operation: DropColumn) -> [RenderedStatement] {
    let name = operation.column.name
    // DROP COLUMN does not check the columns that a trigger sets. https://sqlite.org/lang_altertable.html#altertabdropcol
    let notes = (live.dependents[operation.table]?.triggers(naming: name) ?? []).map {
      "the trigger \($0) uses \(operation.table).\(name): this statement fails, or the trigger when it fires"
    }
    let table = writer.name(operation.table)
    return [RenderedStatement("ALTER TABLE \(table) DROP COLUMN \(dialect.quoted(name))", notes: notes)]
  }

  func render(_ operation: RenameColumn) -> [RenderedStatement] {
    let names = "\(dialect.quoted(operation.oldName)) TO \(dialect.quoted(operation.newName))"
    return [RenderedStatement("ALTER TABLE \(writer.name(operation.table)) RENAME COLUMN \(names)")]
  }

  /// Whether ADD COLUMN is accepted on a table that holds rows, whatever they are.
  /// https://sqlite.org/lang_altertable.html#alter_table_add_column
  func canAdd(_ column: Column, with constraints: [Constraint]) -> Bool {
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

  /// Returns the defaults that SQLite computes when a row is inserted. It does not check them before.
  func computedDefaults(of columns: [Column]) -> [String] {
    columns.compactMap(\.defaultValue).map(text).filter { !isLiteral($0) }
  }

  /// Returns whether a default is the same for all rows and times, as ADD COLUMN requires.
  fileprivate func isConstant(_ value: ColumnDefault) -> Bool {
    let text = text(of: value)
    return isLiteral(text) && !text.uppercased().hasPrefix("CURRENT_")
  }
}
