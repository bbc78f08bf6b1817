internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Says one operation in PostgreSQL's words. Each kind of object has its file.
struct PostgreSQLRenderer: OperationRenderer {
  let dialect: PostgreSQLDialect
  let plan: PostgreSQLPlan
  /// The tables as the operation finds them.
  let state: Schema

  var writer: SQLWriter { SQLWriter(dialect) }

  /// Whether an operation on a table takes the way that lets others read and write: those that are made in the same
  /// revision hold no rows, and for partitioned tables PostgreSQL has no such way.
  func isOnline(_ table: TableName) -> Bool {
    dialect.isOnline && plan.mayHoldRows(table) && !isPartitioned(table)
  }

  func isPartitioned(_ table: TableName) -> Bool { state[table]?.partitioning != nil }

  func alter(_ table: TableName, _ action: String) -> String { "ALTER TABLE \(writer.name(table)) \(action)" }

  func alter(_ table: TableName, column: String, _ action: String) -> String {
    alter(table, "ALTER COLUMN \(dialect.quoted(column)) \(action)")
  }

  /// The name of something that lies in the schema of a table.
  func name(_ object: String, beside table: TableName) -> String {
    writer.name(TableName(object, schema: table.schema))
  }

  func text(_ text: String?) -> String { text.map { LiteralValue.string($0).displayText } ?? "NULL" }

  /// What is said aloud where there is no way but the one that keeps others waiting.
  func announcement(_ what: String, _ table: TableName) -> [String] {
    guard dialect.isOnline, plan.mayHoldRows(table) else { return [] }
    return ["keeps others from writing to \(table) while it looks at all rows: there is no other way to \(what)"]
  }

  /// A condition on rows that can be counted as long as the table has the names that it has now.
  func conditions(_ message: String, _ condition: String, _ table: TableName) -> [RowCondition] {
    guard plan.mayHoldRows(table), plan.hasItsName(table) else { return [] }
    return [RowCondition(message: message, count: "(SELECT count(*) FROM \(writer.name(table)) WHERE \(condition))")]
  }
}
