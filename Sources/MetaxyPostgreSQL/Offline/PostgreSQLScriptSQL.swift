package import MetaxyNames
package import MetaxyRuntime

/// Offline scripts for `psql -v ON_ERROR_STOP=1 -f`, and for any other program that runs plain SQL.
package struct PostgreSQLScriptSQL: ScriptSQL {
  package init() {}

  package var header: [String] { [] }
  package var begin: String { "BEGIN" }
  package var now: String { "clock_timestamp() AT TIME ZONE 'UTC'" }

  package var author: String { "session_user::text" }

  // Without a schema it is in the default one, which only the session knows.
  package func name(_ table: TableName) -> String { SQLText.identifier(table) }

  package func stop(_ message: String, unlessZero count: String) -> [String] {
    let body = """
      BEGIN
        IF coalesce((\(count))::bigint, 0) <> 0 THEN
          RAISE EXCEPTION USING MESSAGE = \(SQLText.literal(message));
        END IF;
      END
      """
    var tag = "$metaxy$"
    while body.contains(tag) { tag = "$\(tag.dropFirst().dropLast())_$" }
    return ["DO \(tag) \(body) \(tag)"]
  }

  // Waits for sessions that write to the table, such as Alembic's, and blocks them, but not readers.
  // https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
  package func lock(_ table: TableName) -> [String] { ["LOCK TABLE \(name(table)) IN SHARE ROW EXCLUSIVE MODE"] }

  package func hasRows(_ table: TableName) -> String {
    "SELECT count(*) FROM (SELECT FROM \(name(table)) LIMIT 1) AS t"
  }

  package func hasValues(_ column: String, of table: TableName) -> String {
    """
    SELECT count(*) FROM (SELECT FROM \(name(table)) WHERE \(SQLText.identifier(column)) IS NOT NULL LIMIT 1) AS t
          WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attgenerated <> ''
            AND attrelid = \(SQLText.literal(SQLText.identifier(table)))::regclass AND attname = \(SQLText.literal(column)))
    """
  }

  package func tables(inSchema schema: String) -> String {
    "SELECT count(*) \(Self.tables) AND n.nspname = \(SQLText.literal(schema))"
  }

  /// The relations of users, as ``PostgreSQLMigrationConnection`` lists them.
  private static let tables = PostgreSQLMigrationConnection.userRelations + " AND c.relkind IN ('r', 'p')"

  package func rememberTables() -> [String] {
    ["CREATE TEMP TABLE _metaxy_tables AS SELECT n.nspname AS schema, c.relname AS name \(Self.tables)"]
  }

  package var createdTables: String {
    Self.list(
      "SELECT n.nspname AS schema, c.relname AS name \(Self.tables) EXCEPT SELECT schema, name FROM _metaxy_tables")
  }

  package var droppedTables: String {
    Self.list("SELECT schema, name FROM _metaxy_tables EXCEPT SELECT n.nspname, c.relname \(Self.tables)")
  }

  package func existing(_ tables: [TableName]) -> String {
    let names = tables.map { table in
      "(\(table.schema.map { SQLText.literal($0) } ?? "current_schema()::text"), \(SQLText.literal(table.name)))"
    }
    return Self.list(
      """
      SELECT n.nspname AS schema, c.relname AS name \(Self.tables) \
      AND (n.nspname, c.relname) IN (\(names.joined(separator: ", ")))
      """)
  }

  /// The names of a query with the columns `schema` and `name` as the log table holds them: one per line, quoted if need be,
  /// without the default schema.
  private static func list(_ query: String) -> String {
    func text(_ part: String) -> String {
      """
      CASE WHEN \(part) ~ E'^"|\\\\.|\\n' THEN '"' || replace(\(part), '"', '""') || '"' ELSE \(part) END
      """
    }
    return """
      coalesce((SELECT string_agg(CASE WHEN schema = current_schema() THEN '' ELSE \(text("schema")) || '.' END \
      || \(text("name")), E'\\n' ORDER BY nullif(schema, current_schema()) COLLATE "C" NULLS FIRST, name COLLATE "C") \
      FROM (\(query)) AS t), '')
      """
  }

  package func forget() -> [String] { ["DROP TABLE _metaxy_tables"] }
}

extension PostgreSQLDialect {
  package var scriptSQL: any ScriptSQL { PostgreSQLScriptSQL() }
}
