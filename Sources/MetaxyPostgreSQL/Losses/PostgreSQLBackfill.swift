internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// A plain UPDATE that needs no second run to show that it overwrites nothing: all columns that it sets are new, or it
/// sets one column where that is NULL.
struct PostgreSQLBackfill {
  private let table: TableName
  private let columns: [String]
  /// The column that is NULL in all rows that are updated.
  private let emptyColumn: String?

  /// Nil for any other statement.
  init?(_ statement: [SQLToken]) {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("UPDATE") else { return nil }
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return nil }
    self.table = table
    columns = words.assignedColumns()
    emptyColumn = Self.emptyColumn(statement)
  }

  /// Reads the end of `UPDATE … WHERE c IS NULL`.
  private static func emptyColumn(_ statement: [SQLToken]) -> String? {
    var words = TokenReader(statement, foldsNames: true)
    while let next = words.tokens.first, !next.isWord("WHERE") { words.skipAny() }
    guard words.skip("WHERE"), let name = words.name(), words.skip("IS", "NULL"), words.tokens.isEmpty else {
      return nil
    }
    return name
  }

  /// The changes that are not its own updates of such columns.
  ///
  /// - Parameter states: the tables before the statement.
  func unexplained(
    _ changes: [PostgreSQLTableChange], meter: PostgreSQLLossMeter, _ states: [Int64: PostgreSQLTableState]
  ) throws(MetaxyError) -> [PostgreSQLTableChange] {
    let updated = changes.compactMap { if case .updatedRows(_, table: let table) = $0 { table } else { nil } }
    guard !updated.isEmpty else { return changes }
    // A rule or a trigger before the update can set other columns.
    let rows = try meter.connection.query(
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
    let family = Set(rows.compactMap { $0[0].integer })
    return changes.filter { change in
      guard case .updatedRows(_, table: let number) = change, family.contains(number) else { return true }
      let known = states[number]?.columns.filter { meter.isOriginal($0.key, of: number) }.map(\.value) ?? []
      return columns.contains { known.contains($0) && $0 != emptyColumn }
    }
  }
}
