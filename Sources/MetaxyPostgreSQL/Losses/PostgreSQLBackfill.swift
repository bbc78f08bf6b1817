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
    keptColumns = words.completedColumns().union([Self.emptyColumn(statement)].compactMap(\.self))
    columns = words.assignedColumns()
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
    Set(try family(of: table, connection).filter(\.value).keys)
  }

  /// The table and its children, and whether no rule or trigger can change their updates.
  static func family(
    of table: TableName, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> [Int64: Bool] {
    // A rule or a trigger before the update can set other columns.
    let rows = try connection.query(
      """
      WITH RECURSIVE family AS (
        SELECT to_regclass($1::text)::oid AS oid
        UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN family AS f ON i.inhparent = f.oid
      )
      SELECT c.oid::bigint, NOT c.relhasrules AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_trigger AS t
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 2 = 2 AND t.tgtype & 16 = 16)
      FROM family AS f JOIN pg_catalog.pg_class AS c ON c.oid = f.oid
      """, [.text(SQLText.identifier(table))])
    return Dictionary(rows.map { ($0[0].integer ?? 0, $0[1].integer == 1) }) { first, _ in first }
  }
}
