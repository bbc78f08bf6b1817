package import MetaxyNames
package import MetaxyRuntime

/// Offline scripts for the program `sqlite3`.
///
/// SQL of SQLite has no conditions, so a check inserts a count into a temporary table whose constraint has the message as its
/// name: `CHECK constraint failed: the table "video" has rows`.
package struct SQLiteScriptSQL: ScriptSQL {
  package init() {}

  package var header: [String] { [".bail on", "PRAGMA foreign_keys = ON;"] }
  package var begin: String { "BEGIN IMMEDIATE" }
  // The fractions of SQLite have three digits. https://sqlite.org/lang_datefunc.html
  package var now: String { "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'" }

  // SQLite has no users: in a script it is the one who wrote it.
  package var author: String { SQLText.literal(ProcessAuthor.name) }

  package func name(_ table: TableName) -> String { "main." + SQLText.identifier(table.name) }

  package func stop(_ message: String, unlessZero count: String) -> [String] {
    [
      "CREATE TEMP TABLE \"_metaxy_stop\" (\"rows\" INTEGER CONSTRAINT \(SQLText.identifier(message)) CHECK (\"rows\" = 0))",
      "INSERT INTO temp.\"_metaxy_stop\" SELECT \(count)",
      "DROP TABLE temp.\"_metaxy_stop\"",
    ]
  }

  package func lock(_ table: TableName) -> [String] { [] }

  package func hasRows(_ table: TableName) -> String { "EXISTS (SELECT 1 FROM \(name(table)))" }

  package func hasValues(_ column: String, of table: TableName) -> String {
    """
    EXISTS (SELECT 1 FROM \(name(table)) WHERE \(SQLText.identifier(column)) IS NOT NULL) AND NOT EXISTS (\
    SELECT 1 FROM pragma_table_xinfo(\(SQLText.literal(table.name)), 'main') \
    WHERE hidden IN (2, 3) AND name = \(SQLText.literal(column)) COLLATE NOCASE)
    """
  }

  package func tables(inSchema schema: String) -> String { "0" }

  private static let tables = SQLiteMigrationConnection.userTables

  package func rememberTables() -> [String] {
    ["CREATE TEMP TABLE \"_metaxy_tables\" AS SELECT name \(Self.tables)"]
  }

  package var createdTables: String {
    Self.list("SELECT name \(Self.tables) AND name NOT IN (SELECT name FROM temp.\"_metaxy_tables\")")
  }

  package var droppedTables: String {
    Self.list("SELECT name FROM temp.\"_metaxy_tables\" WHERE name NOT IN (SELECT name \(Self.tables))")
  }

  package func existing(_ tables: [TableName]) -> String {
    let names = tables.map { SQLText.literal($0.name) }.joined(separator: ", ")
    return Self.list("SELECT name \(Self.tables) AND name IN (\(names))")
  }

  /// The names of a query with the column `name` as the log table holds them: one per line, quoted if need be.
  private static func list(_ query: String) -> String {
    let text = """
      CASE WHEN substr(name, 1, 1) = '"' OR instr(name, char(10)) \
      THEN '"' || replace(name, '"', '""') || '"' ELSE name END
      """
    return "coalesce((SELECT group_concat(\(text), char(10)) FROM (\(query) ORDER BY name)), '')"
  }

  package func forget() -> [String] { ["DROP TABLE temp.\"_metaxy_tables\""] }

  // Neither has an effect inside a transaction. https://sqlite.org/pragma.html#pragma_foreign_keys
  // Without the second a rename fails if a view or a trigger mentions the table, and the foreign keys of other tables keep
  // referring to the old table until its end. https://sqlite.org/pragma.html#pragma_legacy_alter_table
  package func prepareForRebuild(_ isPrepared: Bool) -> [String] {
    ["PRAGMA foreign_keys = \(isPrepared ? "OFF" : "ON")", "PRAGMA legacy_alter_table = \(isPrepared ? "ON" : "OFF")"]
  }

  private static let dangling =
    "SELECT \"table\", \"parent\", count(*) AS \"rows\" FROM pragma_foreign_key_check GROUP BY 1, 2"

  package func rememberDanglingReferences() -> [String] {
    ["CREATE TEMP TABLE \"_metaxy_dangling\" AS \(Self.dangling)"]
  }

  package func stopAtDanglingReferences() -> [String] {
    let more = """
      (SELECT count(*) FROM (\(Self.dangling)) AS a LEFT JOIN temp."_metaxy_dangling" AS b \
      ON a."table" = b."table" AND a."parent" = b."parent" WHERE a."rows" > coalesce(b."rows", 0))
      """
    return stop("rows refer to rows that are gone", unlessZero: more) + ["DROP TABLE temp.\"_metaxy_dangling\""]
  }

  package func differences(from expectation: TableExpectation) -> String {
    let table = SQLText.literal(expectation.table.name)
    func list(_ names: [String]) -> String { names.map { SQLText.literal($0) }.joined(separator: ", ") }
    func objects(_ type: String, _ names: [String]) -> String {
      """
      (SELECT count(*) FROM main.sqlite_master WHERE type = '\(type)' AND tbl_name = \(table) COLLATE NOCASE \
      AND sql IS NOT NULL AND name COLLATE NOCASE NOT IN (\(list(names))))
      """
    }
    let columns = "FROM pragma_table_xinfo(\(table), 'main') WHERE hidden <> 1 AND name COLLATE NOCASE"
    let names = list(expectation.columns)
    return [
      "(SELECT count(*) \(columns) NOT IN (\(names)))",
      "(\(expectation.columns.count) - (SELECT count(*) \(columns) IN (\(names))))",
      objects("index", expectation.indexes), objects("trigger", expectation.triggers),
    ].joined(separator: "\n  + ")
  }
}

extension SQLiteDialect {
  package var scriptSQL: any ScriptSQL { SQLiteScriptSQL() }
}
