internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// The one table that a statement drops or alters, where its text shows that it changes no other.
///
/// Such a statement is measured by the state of that table. What code does to other tables because of it, such as an event
/// trigger or a function after `USING`, is measured later, as with `INSERT`.
struct PostgreSQLAlteredTable {
  /// Its oid; nil if the section itself created it, and if no table has this name.
  let number: Int64?

  /// - Parameter states: the tables that existed before the section, as last measured.
  /// - Returns: nil if the statement may change other tables, also through inheritance, and if something has happened to the
  ///   table since it was last measured.
  init?(
    _ statement: [SQLToken], states: [Int64: PostgreSQLTableState], _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) {
    guard let name = Self.name(in: statement) else { return nil }
    let query = """
      SELECT c.oid::bigint, (c.relkind = 'r' AND NOT c.relhassubclass)::integer, \(PostgreSQLTableState.columns)
      FROM pg_catalog.pg_class AS c WHERE c.oid = pg_catalog.to_regclass($1::text)
      """
    let row = try connection.catalogQuery(query, [.text(SQLText.identifier(name))]).first
    guard let row, let number = row[0].integer else {
      self.number = nil
      return
    }
    guard row[1].integer == 1 else { return nil }
    guard let state = states[number] else {
      self.number = nil
      return
    }
    guard state.changes(to: PostgreSQLTableState(row[2...]), table: number).isEmpty else { return nil }
    self.number = number
  }

  /// Reads `DROP TABLE name` and `ALTER TABLE name …`.
  private static func name(in statement: [SQLToken]) -> TableName? {
    guard !statement.contains(where: { $0.isWord(in: "CASCADE", "PARTITION", "TABLESPACE") }) else { return nil }
    var words = TokenReader(statement, foldsNames: true)
    let isDrop = words.skip("DROP", "TABLE")
    guard isDrop || words.skip("ALTER", "TABLE") else { return nil }
    _ = words.skip("IF", "EXISTS")
    if !isDrop { _ = words.skip("ONLY") }
    guard let name = words.qualifiedName() else { return nil }
    if isDrop { _ = words.skip("RESTRICT") }
    return !isDrop || words.tokens.isEmpty ? name : nil
  }
}
