internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// NOT NULL on existing columns, and the values that existing rows get.
extension PostgreSQLRenderer {
  /// A check that is validated first saves `SET NOT NULL` the scan of all rows, during which it locks all other
  /// sessions out. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
  func setNotNull(_ column: Column, in table: TableName) -> [StagedStatement] {
    let setting = alter(table, column: column.name, "SET NOT NULL")
    guard plan.mayHoldRows(table) else { return [StagedStatement(setting)] }
    let name = dialect.quoted(column.name)
    let backfill = replacement(of: column).map { update(of: column, in: table, to: $0) }
    let look = backfill == nil ? ["fails if \(table).\(column.name) holds NULL"] : []
    let conditions =
      backfill == nil
      ? self.conditions(
        "\(table).\(column.name) holds NULL", "\(name) IS NULL", table, of: column.name,
        remedy: RowCondition.valueRemedy, flag: .backfill("\(table).\(column.name)")) : []
    guard isOnline(table) else {
      return (backfill.map { [$0] } ?? [])
        + [StagedStatement(RenderedStatement(setting, notes: look, preconditions: conditions))]
    }
    let check = dialect.quoted(
      "_metaxy_not_null_\(ObjectNames.hash(of: [table.schema, table.name, column.name].compactMap(\.self).joined(separator: ".")))"
    )
    return [StagedStatement(alter(table, "ADD CONSTRAINT \(check) CHECK (\(name) IS NOT NULL) NOT VALID"))]
      + (backfill.map { [$0] } ?? [])
      + [
        StagedStatement(
          RenderedStatement(alter(table, "VALIDATE CONSTRAINT \(check)"), notes: look, preconditions: conditions),
          .concurrent),
        StagedStatement(setting, .attach),
        StagedStatement(alter(table, "DROP CONSTRAINT \(check)"), .attach),
      ]
  }

  /// Returns the replacement of NULL where it is no longer allowed.
  func replacement(of column: Column) -> ColumnDefault? { column.backfill?.value ?? column.defaultValue }

  /// Returns the statement that sets a column where it is NULL.
  func update(of column: Column, in table: TableName, to value: ColumnDefault) -> StagedStatement {
    let name = dialect.quoted(column.name)
    let (text, type) = (dialect.text(of: value), PostgreSQLTypes.name(of: column.type))
    let isComputed = column.backfill?.value == value && !isConstant(value)
    let set = isComputed ? "(\(text))::\(type)" : text
    // A row whose value is NULL, which the column allows, would be updated again and again.
    let condition = "\(name) IS NULL" + (isComputed && column.isNullable ? " AND (\(set)) IS NOT NULL" : "")
    var update = RenderedStatement(
      "UPDATE \(writer.name(table)) SET \(name) = \(set) WHERE \(condition)",
      notes: ["NULL in \(table).\(column.name) becomes \(text)"], preconditions: tooLong(text, for: column, in: table))
    if isComputed {
      update.preconditions += unusable(text, for: column, in: table)
    } else if !text.contains("(") {
      // A call may do more than compute a value. The statement may come after a part of the revision is committed.
      update.laterExpressions = ["(\(text))::\(type)"]
    }
    var staged = StagedStatement(update, isOnline(table) ? .backfill : .main)
    staged.backfill = PostgreSQLBackfillStatement(
      table: table, target: writer.name(table), column: name, value: set, condition: condition)
    return staged
  }

  private func isConstant(_ value: ColumnDefault) -> Bool {
    switch value {
    case .literal, .currentTimestamp: true
    case .expression: false
    }
  }

  /// The rows for which a backfill has no value. Counting them evaluates it for each row, so that a value that PostgreSQL
  /// cannot compute or convert is an error before the revision.
  private func unusable(_ value: String, for column: Column, in table: TableName) -> [RowCondition] {
    // A sequence would advance.
    guard SQLExpression(value).names.isDisjoint(with: ["nextval", "setval"]) else { return [] }
    let isNull = "((\(value))::\(PostgreSQLTypes.name(of: column.type))) IS NULL"
    guard !column.isNullable else { return evaluated(isNull, of: column, in: table) }
    let condition = isNew(column, in: table) ? isNull : "\(dialect.quoted(column.name)) IS NULL AND \(isNull)"
    return conditions(
      "the backfill of \(table).\(column.name) is NULL", condition, table, of: column.name,
      remedy: "write a backfill that has a value for these rows, too", flag: .backfill("\(table).\(column.name)"))
  }

  /// A condition that no row meets, whatever its values are.
  private func evaluated(_ isNull: String, of column: Column, in table: TableName) -> [RowCondition] {
    conditions(
      "the backfill of \(table).\(column.name) has no value", "(\(isNull)) IS NULL", table, of: column.name)
  }

  private func isNew(_ column: Column, in table: TableName) -> Bool {
    plan.addedColumns(of: table).contains(column.name)
  }

  /// Returns the condition for rows with NULL whose replacement has too many characters: a cast would cut it.
  private func tooLong(_ value: String, for column: Column, in table: TableName) -> [RowCondition] {
    guard let condition = PostgreSQLLimits(PostgreSQLTypeShape(column.type)).length(of: "(\(value))::text", from: nil)
    else { return [] }
    guard plan.change(.type, of: column.name, in: table) == nil else { return [] }
    let isEmpty = isNew(column, in: table) ? "" : "\(dialect.quoted(column.name)) IS NULL AND "
    return conditions(
      "\(value) for NULL in \(table).\(column.name) does not fit \(PostgreSQLTypes.name(of: column.type))",
      "\(isEmpty)\(condition)", table, of: column.name, flag: .backfill("\(table).\(column.name)"))
  }
}
