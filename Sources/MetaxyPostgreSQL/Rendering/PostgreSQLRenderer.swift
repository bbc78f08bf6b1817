internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// Writes one operation as statements of PostgreSQL. Each kind of object has its file.
struct PostgreSQLRenderer {
  let dialect: PostgreSQLDialect
  let plan: PostgreSQLPlan
  /// The database before the operation.
  let live: LiveSchema
  /// Whether a dependent object that blocks an operation is a note in the file, and not an error.
  var notesObstacles = false

  /// The definitions before the operation.
  var state: Schema { live.definition }

  func render(_ operation: MigrationOperation) throws(MetaxyError) -> [StagedStatement] {
    switch operation {
    case .createTable(let creation): try render(creation)
    case .dropTable(let removal): try render(removal)
    case .renameTable(let rename): try render(rename)
    case .changeTableOptions(let change): render(change)
    case .changeStorage(let change): render(change)
    case .changePartition(let change): render(change)
    case .changeTableSettings(let change): render(change)
    case .addColumn(let addition): try render(addition)
    case .dropColumn(let removal): try render(removal)
    case .renameColumn(let rename): render(rename)
    case .changeColumn(let change): try render(change)
    case .renameValue(let rename): render(rename)
    case .addConstraint(let addition): render(addition)
    case .dropConstraint(let removal): try render(removal)
    case .renameConstraint(let rename): render(rename)
    case .changeConstraint(let change): render(change)
    case .createIndex(let creation): render(creation)
    case .dropIndex(let removal): render(removal)
    case .renameIndex(let rename): render(rename)
    case .addPolicy(let addition): render(addition)
    case .dropPolicy(let removal): render(removal)
    case .createSchema(let creation): render(creation)
    case .dropSchema(let removal): render(removal)
    case .createEnum(let creation): render(creation)
    case .dropEnum(let removal): try render(removal)
    case .renameEnum(let rename): try render(rename)
    case .renameEnumValue(let rename): render(rename)
    case .addEnumValue(let addition): render(addition)
    case .changeEnum(let change): try render(change)
    case .createSequence(let creation): render(creation)
    case .dropSequence(let removal): try render(removal)
    case .changeSequence(let change): render(change)
    case .changeComment(let change): render(change)
    }
  }

  var writer: SQLWriter { SQLWriter(dialect) }

  /// Returns whether an operation on a table runs without locking out other sessions: not for tables created in the
  /// same revision, which are empty, and not for partitioned tables, for which PostgreSQL has no such form.
  func isOnline(_ table: TableName) -> Bool {
    dialect.isOnline && plan.mayHoldRows(table) && !isPartitioned(table)
  }

  func isPartitioned(_ table: TableName) -> Bool { state[table]?.partitioning != nil }

  func alter(_ table: TableName, _ action: String) -> String { "ALTER TABLE \(writer.name(table)) \(action)" }

  func alter(_ table: TableName, column: String, _ action: String) -> String {
    alter(table, "ALTER COLUMN \(dialect.quoted(column)) \(action)")
  }

  /// Returns the name of an object in the schema of a table.
  func name(_ object: String, beside table: TableName) -> String {
    writer.name(TableName(object, schema: table.schema))
  }

  func text(_ text: String?) -> String { text.map(SQLText.literal) ?? "NULL" }

  /// Returns a note for operations that lock out other sessions because there is no other form.
  func announcement(_ what: String, _ table: TableName) -> [String] {
    guard dialect.isOnline, plan.mayHoldRows(table) else { return [] }
    return ["blocks writes to \(table) while it reads all rows, because PostgreSQL cannot avoid this to \(what)"]
  }

  /// Returns a condition on the rows of a table as it is before the revision.
  ///
  /// - Parameter column: the column that it is about.
  func conditions(
    _ message: String, _ condition: String, _ table: TableName, of column: String, remedy: String? = nil,
    flag: RowCondition.Flag? = nil, rule: String? = nil
  ) -> [RowCondition] {
    guard plan.mayHoldRows(table) else { return [] }
    let rows = plan.formerNames.source(of: table)
    return [
      RowCondition(
        message: message, count: "(SELECT count(*) FROM \(rows) WHERE \(condition))",
        examples: formerRows(of: table, showing: [column], where: condition), remedy: remedy, flag: flag, rule: rule)
    ]
  }

  /// Returns the query for rows as they are before the revision.
  func formerRows(of table: TableName, showing names: Set<String>, where condition: String? = nil) -> RowExamples? {
    guard var former = state[table] else { return nil }
    let added = plan.addedColumns(of: table)
    former.columns.removeAll { added.contains($0.name) }
    if former.identifyingColumns.contains(where: added.contains) {
      (former.primaryKey, former.uniques, former.indexes) = (nil, [], [])
    }
    return RowExamples(
      of: former, showing: names, from: plan.formerNames.source(of: table), where: condition, dialect)
  }
}
