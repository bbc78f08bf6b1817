internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRuntime
internal import MetaxySchema

/// Says each operation in SQLite's words.
struct SQLiteRenderer: OperationRenderer {
  let dialect: SQLiteDialect
  let live: Schema
  let constraints: ColumnConstraints
  /// The tables that the same operations create, which hold no rows.
  let created: Set<TableName>

  private var writer: SQLWriter { SQLWriter(dialect) }

  func render(_ operation: CreateTable) throws -> [RenderedStatement] {
    [RenderedStatement(try writer.createTable(operation.definition))]
  }

  func render(_ operation: DropTable) throws -> [RenderedStatement] {
    let remainder = operation.definition.remainder
    guard remainder.isEmpty else { throw MetaxyError.cannotMakeAgain(operation.table, remainder) }
    return [RenderedStatement("DROP TABLE \(writer.name(operation.table))")]
  }

  func render(_ operation: CreateIndex) throws -> [RenderedStatement] {
    let columns = operation.index.elements.map(\.termText).joined(separator: ", ")
    let notes =
      operation.index.isUnique && !created.contains(operation.table)
      ? ["fails while rows of \(operation.table) share their (\(columns))"] : []
    return [RenderedStatement(writer.createIndex(operation.index, on: operation.table), notes: notes)]
  }

  func render(_ operation: DropIndex) throws -> [RenderedStatement] {
    [RenderedStatement("DROP INDEX \(dialect.quoted(operation.index.name.text))")]
  }

  func render(_ operation: AddColumn) throws -> [RenderedStatement] {
    let column = operation.column
    let inline = constraints.with(column.name, of: operation.table)
    try requireNativeAddition(of: column, with: inline)
    let options = live.sorted.first { $0.name.folded == operation.table.folded }?.options ?? []
    let definition = try writer.definition(of: column, in: options, with: inline)
    let table = writer.name(operation.table)
    let addition = "ALTER TABLE \(table) ADD COLUMN \(definition)"
    let hasDefault = column.defaultValue.map { dialect.text(of: $0).uppercased() != "NULL" } ?? false
    if column.generated != nil {
      return [RenderedStatement(addition, notes: generationNotes(of: column, in: operation.table, with: inline))]
    }
    if !column.isNullable, !hasDefault {
      return [
        RenderedStatement(
          addition, notes: ["fails while \(operation.table) holds rows: \(missingValue(of: column))"],
          emptyTable: operation.table)
      ]
    }
    guard let backfill = column.backfill, backfill != .null, !hasDefault else {
      return [RenderedStatement(addition)]
    }
    let update = "UPDATE \(table) SET \(dialect.quoted(column.name)) = \(dialect.literal(backfill))"
    return [RenderedStatement(addition), RenderedStatement(update)]
  }

  private func generationNotes(of column: Column, in table: TableName, with constraints: [Constraint]) -> [String] {
    let demands = (column.isNullable ? [] : ["not null"]) + constraints.map(\.summary)
    return demands.map { "fails while rows of \(table) give \(column.name) a value that breaks: \($0)" }
  }

  private func missingValue(of column: Column) -> String {
    guard let backfill = column.backfill, backfill != .null else { return "no value is known for their \(column.name)" }
    return "SQLite gives their \(column.name) the value \(backfill.summary) only as a default of the database"
  }

  func render(_ operation: DropColumn) throws -> [RenderedStatement] {
    let name = operation.column.name
    try requireNativeAddition(
      of: operation.column, with: constraints.with(name, of: operation.table),
      reason: "a downgrade could not put it back in place")
    return [RenderedStatement("ALTER TABLE \(writer.name(operation.table)) DROP COLUMN \(dialect.quoted(name))")]
  }

  func render(_ operation: ChangeColumn) throws -> [RenderedStatement] {
    throw NeedsRebuild(reason: "a column cannot be changed in place")
  }

  func render(_ operation: AddConstraint) throws -> [RenderedStatement] {
    throw NeedsRebuild(reason: "a constraint cannot be added in place")
  }

  func render(_ operation: DropConstraint) throws -> [RenderedStatement] {
    throw NeedsRebuild(reason: "a constraint cannot be dropped in place")
  }

  func render(_ operation: ChangeTableOptions) throws -> [RenderedStatement] {
    throw NeedsRebuild(reason: "a table's options cannot be changed in place")
  }

  /// Throws where ADD COLUMN is refused on a table that holds rows, whatever they are.
  /// https://sqlite.org/lang_altertable.html#alter_table_add_column
  private func requireNativeAddition(
    of column: Column, with constraints: [Constraint], reason: String? = nil
  ) throws(NeedsRebuild) {
    func refuse(_ what: String) -> NeedsRebuild { NeedsRebuild(reason: reason.map { "\($0): \(what)" } ?? what) }
    if let generated = column.generated, generated.isStored {
      throw refuse("a stored generated column cannot be added in place")
    }
    if let value = column.defaultValue {
      guard dialect.isConstant(value) else { throw refuse("a default that is no constant cannot be added in place") }
      let hasForeignKey = constraints.contains { if case .foreignKey = $0 { true } else { false } }
      if hasForeignKey { throw refuse("a foreign key with a default cannot be added in place") }
    }
  }
}

extension SQLiteDialect {
  /// Whether a default is the same for all rows and times, as ADD COLUMN wants it.
  fileprivate func isConstant(_ value: ColumnDefault) -> Bool {
    let text = text(of: value)
    return isLiteral(text) && !text.uppercased().hasPrefix("CURRENT_")
  }
}
