internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

// Columns, except their types and identities.
extension PostgreSQLRenderer {
  func render(_ operation: AddColumn) throws(MetaxyError) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.column)
    if let definition = state[table], let parent = inheritedColumn(column.name, of: definition) {
      // PostgreSQL has added it with that of the parent.
      var inherited = column
      inherited.isInherited = true
      return ownProperties(of: inherited, in: definition) + storage(of: column, in: table, like: parent)
        + (column.comment.map { [comment(on: name(of: column, in: table), $0)] } ?? [])
    }
    let parts = numbered(column, in: table)
    return try parts.before + addition(of: parts.column, to: table) + parts.after
      + sequencesToOwn([column.name], of: table) + storage(of: column, in: table)
      + (column.comment.map { [comment(on: name(of: column, in: table), $0)] } ?? [])
  }

  private func addition(of column: Column, to table: TableName) throws(MetaxyError) -> [StagedStatement] {
    if let value = column.addedValue(hasDefault: column.defaultValue != nil), column.identity == nil,
      !isSerial(column)
    {
      return try addition(of: column, to: table, withRowsHaving: value)
    }
    let sql = alter(table, "ADD COLUMN \(try writer.definition(of: column, in: [], with: []))")
    guard plan.mayHoldRows(table), !column.isNullable else { return [StagedStatement(sql)] }
    if column.generated != nil {
      let message = "rows of \(table) give \(column.name) the value NULL"
      let value = PostgreSQLRowsAfter(renderer: self, table: table).computed(column)
      return [
        StagedStatement(
          RenderedStatement(
            sql, notes: ["fails if \(message)"],
            preconditions: value.map { conditions(message, "\($0) IS NULL", table, of: column.name) } ?? []))
      ]
    }
    guard column.defaultValue == nil, column.identity == nil, !isSerial(column) else { return [StagedStatement(sql)] }
    return [
      StagedStatement(
        RenderedStatement(
          sql, notes: ["fails if \(table) has rows, which have no value for \(column.name)"],
          emptyTable: plan.formerNames.name(of: table), columnsWithoutValue: ["\(table).\(column.name)"],
          examples: formerRows(of: table, showing: [])))
    ]
  }

  private func addition(
    of column: Column, to table: TableName, withRowsHaving value: ColumnDefault
  ) throws(MetaxyError) -> [StagedStatement] {
    var added = column
    if case .literal = value {
      // Existing rows get a constant default without a rewrite of the table.
      // https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN
      added.defaultValue = value
      let isDeclared = column.backfill?.declaredValue != nil
      let type = PostgreSQLTypes.name(of: column.type)
      return [
        StagedStatement(
          RenderedStatement(
            alter(table, "ADD COLUMN \(try writer.definition(of: added, in: [], with: []))"),
            laterExpressions: isDeclared ? ["(\(dialect.text(of: value)))::\(type)"] : [])),
        StagedStatement(
          alter(
            table, column: column.name,
            column.defaultValue.map { "SET DEFAULT \(dialect.text(of: $0))" } ?? "DROP DEFAULT")),
      ]
    }
    (added.isNullable, added.defaultValue) = (true, nil)
    let addition = StagedStatement(alter(table, "ADD COLUMN \(try writer.definition(of: added, in: [], with: []))"))
    let standard = column.defaultValue.map { [setDefault($0, of: column.name, in: table)] } ?? []
    guard plan.mayHoldRows(table) else {
      let setting = alter(table, column: column.name, "SET NOT NULL")
      return [addition] + standard + (column.isNullable ? [] : [StagedStatement(setting)])
    }
    return [addition] + standard
      + (column.isNullable ? [update(of: column, in: table, to: value)] : setNotNull(column, in: table))
  }

  /// Returns whether the type of a column already implies its numbering.
  func isSerial(_ column: Column) -> Bool {
    guard case .raw(let words) = column.type else { return false }
    return ["BIGSERIAL", "SERIAL", "SMALLSERIAL"].contains(words.text)
  }

  func render(_ operation: DropColumn) throws(MetaxyError) -> [StagedStatement] {
    let (table, name) = (operation.table, operation.column.name)
    let tables = withParts(table)
    let notes = try refuse(for: operation) { object in
      blocksType(object, of: [name], in: tables) || object.kind == .foreignKey && object.uses([name], of: table)
    }
    // A backfill can read it.
    let stage: PostgreSQLStage = isOnline(table) && plan.backfills(table, reading: name) ? .attach : .main
    let drop = RenderedStatement(alterOnly(table, "DROP COLUMN \(dialect.quoted(name))"), notes: notes)
    return [StagedStatement(drop, stage)]
  }

  func render(_ operation: RenameColumn) -> [StagedStatement] {
    let names = "\(dialect.quoted(operation.oldName)) TO \(dialect.quoted(operation.newName))"
    return [StagedStatement(alter(operation.table, "RENAME COLUMN \(names)"))]
  }

  func render(_ operation: ChangeColumn) throws(MetaxyError) -> [StagedStatement] {
    let (table, new) = (operation.table, operation.new)
    if operation.aspect != .computed, plan.isRemade(new.name, in: table) { return [] }
    // A parent changes the type of its children.
    if [.type, .collation].contains(operation.aspect), inheritedColumn(new.name, of: state[table]) != nil { return [] }
    switch operation.aspect {
    case .type: return try changeType(operation)
    case .nullable: return new.isNullable ? dropNotNull(operation) : setNotNull(new, in: table)
    case .default: return changeDefault(operation)
    case .computed: return try changeComputation(operation)
    case .identity: return changeNumbering(operation)
    case .collation:
      // The change of the type includes the collation.
      return plan.change(.type, of: new.name, in: table) == nil ? try changeType(operation) : []
    case .comment: return [comment(on: name(of: new, in: table), new.comment)]
    case .storage: return changeStorage(operation)
    }
  }

  /// Rows follow in the transaction in which the check changes.
  func render(_ operation: RenameValue) -> [StagedStatement] {
    let column = dialect.quoted(operation.column)
    let (old, new) = (text(operation.value.old), text(operation.value.new))
    let table = writer.name(operation.table)
    return [StagedStatement("UPDATE \(table) SET \(column) = \(new) WHERE \(column) = \(old)")]
  }

  private func name(of column: Column, in table: TableName) -> String {
    "COLUMN \(writer.name(table)).\(dialect.quoted(column.name))"
  }

  private func changeDefault(_ operation: ChangeColumn) -> [StagedStatement] {
    let new = operation.new
    // The default of a serial column belongs to its sequence.
    if new.identity?.kind == .serial, new.defaultValue == nil { return [] }
    return [setDefault(new.defaultValue, of: new.name, in: operation.table)]
  }

  func setDefault(_ value: ColumnDefault?, of column: String, in table: TableName) -> StagedStatement {
    StagedStatement(
      alterOnly(table, column: column, value.map { "SET DEFAULT \(dialect.text(of: $0))" } ?? "DROP DEFAULT"))
  }

  /// Columns of a primary key are never NULL, so this waits if the key does.
  private func dropNotNull(_ operation: ChangeColumn) -> [StagedStatement] {
    let key = plan.droppedKey(of: operation.table)
    let isKept = key.map { plan.isReplaced(.primaryKey($0), of: operation.table) } ?? false
    return [
      StagedStatement(
        alterOnly(operation.table, column: operation.new.name, "DROP NOT NULL"),
        isKept && isOnline(operation.table) ? .attach : .main)
    ]
  }

  private func changeComputation(_ operation: ChangeColumn) throws(MetaxyError) -> [StagedStatement] {
    let (table, new) = (operation.table, operation.new)
    guard new.generated != nil else {
      return [StagedStatement(alter(table, column: new.name, "DROP EXPRESSION"))]
    }
    // No other way: https://www.postgresql.org/docs/15/sql-altertable.html knows only DROP EXPRESSION.
    let obstacles = try PostgreSQLDependentObjects(to: [new.name], of: table, renderer: self)
    let columns = Set([new.name] + generatedColumns(from: [new.name], of: table).map(\.name))
    let tables = withParts(table)
    let objects = try setAside(for: operation) { object in tables.contains { object.uses(columns, of: $0) } }
    let lost = operation.old.generated == nil ? ["the values of \(table).\(new.name) are recomputed"] : []
    let drop = StagedStatement(alter(table, "DROP COLUMN \(dialect.quoted(new.name))"), notes: lost + objects.notes)
    return try objects.before + obstacles.before + [drop] + render(AddColumn(table: table, column: new))
      + obstacles.comeback(of: new.name) + obstacles.after + objects.after
  }
}
