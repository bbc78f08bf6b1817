internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// A plain UPDATE that needs no second run to show that it overwrites nothing: the columns that it sets are new, or are
/// NULL in the rows that it changes, or keep every other value: `c = coalesce(c, 1)`.
struct PostgreSQLBackfill {
  private let table: TableName
  private let columns: [String]
  /// The columns of which no other value than NULL changes.
  private let keptColumns: Set<String>

  /// Nil for any other statement.
  init?(_ statement: [SQLToken]) {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("UPDATE") else { return nil }
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return nil }
    self.table = table
    columns = words.assignedColumns()
    keptColumns = Self.completedColumns(statement).union([Self.emptyColumn(statement)].compactMap(\.self))
  }

  /// Reads `c` of each `c = coalesce(c, …)` after `SET`.
  private static func completedColumns(_ statement: [SQLToken]) -> Set<String> {
    var words = TokenReader(statement, foldsNames: true)
    while let next = words.tokens.first, !next.isWord("SET") { words.skipAny() }
    guard words.skip("SET") else { return [] }
    var columns: [String: Bool] = [:]
    while let column = words.name() {
      var isCompleted = false
      if words.skip(symbol: "="), words.skip("COALESCE") {
        var inside = TokenReader(words.parenthesised(), foldsNames: true)
        isCompleted =
          inside.name() == column && inside.skip(symbol: ",")
          && words.tokens.first.map { $0.isSymbol(",") || $0.isWord("WHERE") } ?? true
      }
      columns[column] = isCompleted && columns[column] ?? true
      while let next = words.tokens.first, !next.isSymbol(","), !next.isWord("WHERE") { words.skipAny() }
      guard words.skip(symbol: ",") else { break }
    }
    return Set(columns.filter(\.value).keys)
  }

  /// Reads the end of `UPDATE … WHERE c IS NULL`, or of `… WHERE c IS NULL AND …`.
  private static func emptyColumn(_ statement: [SQLToken]) -> String? {
    var words = TokenReader(statement, foldsNames: true)
    while let next = words.tokens.first, !next.isWord("WHERE") { words.skipAny() }
    guard words.skip("WHERE"), let name = words.name(), words.skip("IS", "NULL") else { return nil }
    return words.tokens.isEmpty || words.skip("AND") && !words.hasWordAtTopLevel("OR") ? name : nil
  }

  /// The changes that are not its own updates of such columns.
  ///
  /// - Parameter states: the tables before the statement.
  func unexplained(
    _ changes: [PostgreSQLTableChange], meter: PostgreSQLLossMeter, _ states: [Int64: PostgreSQLTableState]
  ) throws(MetaxyError) -> [PostgreSQLTableChange] {
    let updated = changes.compactMap { if case .updatedRows(_, table: let table) = $0 { table } else { nil } }
    guard !updated.isEmpty else { return changes }
    let family = try Self.plainFamily(of: table, meter.connection)
    return changes.filter { change in
      guard case .updatedRows(_, table: let number) = change, family.contains(number) else { return true }
      let known = states[number]?.columns.filter { meter.isOriginal($0.key, of: number) }.map(\.value) ?? []
      return columns.contains { known.contains($0) && !keptColumns.contains($0) }
    }
  }

  /// The table and its children, without those whose updates a rule or a trigger can change.
  static func plainFamily(
    of table: TableName, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> Set<Int64> {
    // A rule or a trigger before the update can set other columns.
    let rows = try connection.query(
      """
      WITH RECURSIVE family AS (
        SELECT to_regclass($1::text)::oid AS oid
        UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN family AS f ON i.inhparent = f.oid
      )
      SELECT c.oid::bigint FROM family AS f JOIN pg_catalog.pg_class AS c ON c.oid = f.oid
      WHERE NOT c.relhasrules AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_trigger AS t
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 2 = 2 AND t.tgtype & 16 = 16)
      """, [.text(SQLText.identifier(table))])
    return Set(rows.compactMap { $0[0].integer })
  }
}
