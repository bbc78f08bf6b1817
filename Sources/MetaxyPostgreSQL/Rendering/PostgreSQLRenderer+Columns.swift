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
    if let backfill = column.backfill, backfill != .null, column.generated == nil, column.defaultValue == nil {
      // Existing rows get a constant default without a rewrite of the table.
      // https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN
      var filled = column
      filled.defaultValue = .literal(backfill)
      return [
        StagedStatement(alter(table, "ADD COLUMN \(try writer.definition(of: filled, in: [], with: []))")),
        StagedStatement(alter(table, column: column.name, "DROP DEFAULT")),
      ]
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
            preconditions: value.map { conditions(message, "\($0) IS NULL", table) } ?? []))
      ]
    }
    guard column.defaultValue == nil, column.identity == nil, !isSerial(column) else { return [StagedStatement(sql)] }
    return [
      StagedStatement(
        RenderedStatement(
          sql, notes: ["fails if \(table) has rows, which have no value for \(column.name)"],
          emptyTable: plan.formerNames.name(of: table)))
    ]
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
    return [StagedStatement(alterOnly(table, "DROP COLUMN \(dialect.quoted(name))"), notes: notes)]
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
    case .nullable: return new.isNullable ? dropNotNull(operation) : setNotNull(operation)
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

  /// A check that is validated first saves `SET NOT NULL` the scan of all rows, during which it locks all other
  /// sessions out. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
  private func setNotNull(_ operation: ChangeColumn) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let setting = alter(table, column: column.name, "SET NOT NULL")
    guard plan.mayHoldRows(table) else { return [StagedStatement(setting)] }
    let name = dialect.quoted(column.name)
    let fill = replacement(of: column).map { value in
      RenderedStatement(
        "UPDATE \(writer.name(table)) SET \(name) = \(value) WHERE \(name) IS NULL",
        notes: ["NULL in \(table).\(column.name) becomes \(value)"],
        preconditions: tooLong(value, for: column, in: table),
        // A call may do more than compute a value. The statement may come after a part of the revision is committed.
        laterExpressions: value.contains("(") ? [] : ["(\(value))::\(PostgreSQLTypes.name(of: column.type))"])
    }
    let look = fill == nil ? ["fails if \(table).\(column.name) holds NULL"] : []
    let conditions = fill == nil ? self.conditions("\(table).\(column.name) holds NULL", "\(name) IS NULL", table) : []
    guard isOnline(table) else {
      return (fill.map { [StagedStatement($0)] } ?? [])
        + [StagedStatement(RenderedStatement(setting, notes: look, preconditions: conditions))]
    }
    let check = dialect.quoted(
      "_metaxy_not_null_\(ObjectNames.hash(of: [table.schema, table.name, column.name].compactMap(\.self).joined(separator: ".")))"
    )
    return [StagedStatement(alter(table, "ADD CONSTRAINT \(check) CHECK (\(name) IS NOT NULL) NOT VALID"))]
      + (fill.map { [StagedStatement($0, .backfill)] } ?? [])
      + [
        StagedStatement(
          RenderedStatement(alter(table, "VALIDATE CONSTRAINT \(check)"), notes: look, preconditions: conditions),
          .concurrent),
        StagedStatement(setting, .attach),
        StagedStatement(alter(table, "DROP CONSTRAINT \(check)"), .attach),
      ]
  }

  /// Returns the condition for rows with NULL whose replacement has too many characters: a cast would cut it.
  private func tooLong(_ value: String, for column: Column, in table: TableName) -> [RowCondition] {
    guard let condition = PostgreSQLLimits(PostgreSQLTypeShape(column.type)).length(of: "(\(value))::text", from: nil)
    else { return [] }
    // The column may be new.
    guard state[table]?.column(column.name) != nil, plan.change(.type, of: column.name, in: table) == nil else {
      return []
    }
    return conditions(
      "\(value) for NULL in \(table).\(column.name) does not fit \(PostgreSQLTypes.name(of: column.type))",
      "\(dialect.quoted(column.name)) IS NULL AND \(condition)", table)
  }

  /// Returns the replacement of NULL where it is no longer allowed.
  func replacement(of column: Column) -> String? {
    if let backfill = column.backfill, backfill != .null { return dialect.literal(backfill) }
    return column.defaultValue.map(dialect.text)
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
