internal import MetaxyNames
internal import MetaxyRuntime

/// What an UPDATE sets where a column is NULL.
struct PostgreSQLBackfillStatement {
  var table: TableName
  /// The table, the column and its value, as SQL.
  var target: String
  var column: String
  var value: String
  /// The condition for rows without a value.
  var condition: String

  /// Returns the statement for all columns of a table: a check of one column would refuse the update of another, because
  /// the row does not meet it yet. All values are computed from the row as it was.
  static func joined(_ statements: [StagedStatement]) -> RenderedStatement? {
    guard var joined = statements.first?.statement else { return nil }
    let backfills = statements.compactMap(\.backfill)
    guard backfills.count > 1, let first = backfills.first else { return joined }
    let values = backfills.map { "\($0.column) = coalesce(\($0.column), \($0.value))" }
    let conditions = backfills.map { $0.condition.contains(" AND ") ? "(\($0.condition))" : $0.condition }
    joined.sql =
      "UPDATE \(first.target) SET \(values.joined(separator: ", ")) WHERE \(conditions.joined(separator: " OR "))"
    joined.notes = statements.flatMap(\.statement.notes)
    joined.preconditions = statements.flatMap(\.statement.preconditions)
    joined.laterExpressions = statements.flatMap(\.statement.laterExpressions)
    return joined
  }
}
