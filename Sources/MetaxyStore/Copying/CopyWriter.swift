internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRows
internal import MetaxySQLiteDriver

/// Adds the rows of a copy to their table, batch by batch.
///
/// For ``CopyMode/missing`` they are first collected in a temporary table, so that the database compares them, all at once,
/// with the rows that were there before:
///
/// ```sql
/// INSERT INTO "video" (…) SELECT s."path", … FROM "metaxy-copied" AS s
/// LEFT JOIN "video" AS d ON d."sample_id" = s."sample_id" AND d."path" IS NOT DISTINCT FROM s."path" …
/// WHERE d."sample_id" IS NULL
/// ```
///
/// SQLite makes an index for a join where the table has none, and not for a subquery.
final class CopyWriter {
  private let table: CopiedTable
  private let mode: CopyMode
  private let connection: any RowConnection
  private let names: [String]
  private var values: [SQLValue] = []
  /// The number of rows in the batch, and of those before it.
  private var (pending, done) = (0, 0)

  private static let batchSize = 1000
  /// The function that gives a JSON text PostgreSQL's form, by which JSONB is compared on SQLite too.
  private static let jsonb = "metaxy_jsonb"

  init(_ table: CopiedTable, _ mode: CopyMode, _ connection: any RowConnection) {
    self.table = table
    self.mode = mode
    self.connection = connection
    names = table.columns.map(\.name)
  }

  private var collection: TableName {
    TableName("metaxy-copied", schema: table.target.dialect == .sqlite ? "temp" : "pg_temp")
  }

  private var destination: TableName { mode == .all ? table.target.table : collection }

  /// Prepares the temporary table.
  func begin() throws(MetaxyError) {
    guard mode == .missing else { return }
    try (connection as? SQLiteConnection)?.define(Self.jsonb) { JSONBText.text(of: $0) ?? $0 }
    let columns = SQLText.identifiers(names)
    let rows = "SELECT \(columns) FROM \(SQLText.identifier(table.target.table)) WHERE 1 = 0"
    try connection.execute("CREATE TEMPORARY TABLE \(SQLText.identifier(collection.name)) AS \(rows)")
  }

  /// Adds a row of the source.
  func write(_ row: [SQLValue]) throws {
    for (position, column) in table.columns.enumerated() {
      do throws(ColumnProblem) {
        values.append(try column.converted(row[position]))
      } catch {
        throw MetaxyError.rowRefused(
          table.target.feature.key, row: done + pending + 1, id: table.displayID(row), column: column.name,
          error.reason,
          hints: ["nothing was copied"], cause: error.cause)
      }
    }
    pending += 1
    if pending == Self.batchSize { try flush() }
  }

  /// Writes the last batch; returns the numbers of rows read and added.
  func finish() throws -> (read: Int, copied: Int) {
    try flush()
    guard mode == .missing else { return (done, done) }
    let copied = try addMissing()
    try connection.execute("DROP TABLE \(SQLText.identifier(collection))")
    return (done, copied)
  }

  private func flush() throws {
    try Task.checkCancellation()
    guard pending > 0 else { return }
    do throws(AppendFailure) {
      try connection.append(values, to: destination, columns: names)
    } catch {
      throw refusal(error)
    }
    done += pending
    pending = 0
    values.removeAll(keepingCapacity: true)
  }

  private func refusal(_ failure: AppendFailure) -> MetaxyError {
    let key = table.target.feature.key
    guard failure.cause.code != .interrupted else { return failure.cause }
    guard let position = failure.position, position < pending else {
      return .rowsRefused(key, rows: done + 1...done + max(1, pending), cause: failure.cause)
    }
    let row = Array(values[position * names.count..<(position + 1) * names.count])
    return .rowRefused(
      key, row: done + position + 1, id: table.displayID(row), "the database refused it",
      hints: ["nothing was copied; \(.check()) shows whether the table differs"], cause: failure.cause)
  }

  private func addMissing() throws(MetaxyError) -> Int {
    let dialect = table.target.dialect
    let same = zip(names, table.columns).map { name, column in
      self.isSame(SQLText.identifier(name), column, isID: table.target.feature.idColumns.containsExactly(name))
    }
    let target = SQLText.identifier(table.target.table)
    let sql = """
      INSERT INTO \(target) (\(SQLText.identifiers(names)))
      SELECT \(names.map { "s.\(SQLText.identifier($0))" }.joined(separator: ", "))
      FROM \(SQLText.identifier(collection)) AS s LEFT JOIN \(target) AS d ON \(same.joined(separator: " AND "))
      WHERE d.\(SQLText.identifier(names[table.idPositions[0]])) IS NULL
      \(try order())
      """
    do {
      return try connection.changedRows(by: sql, [], dialect)
    } catch {
      guard error.code != .interrupted else { throw error }
      throw .rowsRefused(table.target.feature.key, rows: 1...max(1, done), cause: error)
    }
  }

  /// The order of the source, where the destination numbers the rows in the order in which they come.
  private func order() throws(MetaxyError) -> String {
    guard case .insertion(let number) = try NewestOrder(of: table.target, connection) else { return "" }
    // The temporary table has the same columns, so none of them hides the number.
    return "ORDER BY s.\(number)"
  }

  /// Returns the condition that a row has the same value in a column; values of types without equality have the same text.
  private func isSame(_ name: String, _ column: CopiedColumn, isID: Bool) -> String {
    if isID { return "d.\(name) = s.\(name)" }
    guard table.target.dialect == .postgresql else {
      guard column.target.type == .jsonb else { return "d.\(name) IS s.\(name)" }
      return "(d.\(name) IS s.\(name) OR \(Self.jsonb)(d.\(name)) = \(Self.jsonb)(s.\(name)))"
    }
    switch column.target.type {
    case .json, .raw: return "CAST(d.\(name) AS TEXT) IS NOT DISTINCT FROM CAST(s.\(name) AS TEXT)"
    default: return "d.\(name) IS NOT DISTINCT FROM s.\(name)"
    }
  }
}
