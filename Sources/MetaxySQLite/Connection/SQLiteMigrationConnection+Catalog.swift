internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime
internal import MetaxySQLiteDriver
internal import MetaxySchema

extension SQLiteMigrationConnection {
  /// The tables that are not SQLite's own, as the rest of a query after its columns.
  static let userTables =
    "FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"

  package func tableNames() throws(MetaxyError) -> Set<TableName> {
    let rows = try query("SELECT name \(Self.userTables)")
    return Set(rows.compactMap { $0.first?.text.map { TableName($0) } })
  }

  package func columnNames(of table: TableName) throws(MetaxyError) -> [String] {
    try query("SELECT name FROM pragma_table_xinfo(?1, 'main')", [.text(table.name)]).compactMap { $0.first?.text }
  }

  package func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> {
    // https://sqlite.org/pragma.html#pragma_table_xinfo
    let rows = try query("SELECT name FROM pragma_table_xinfo(?1, 'main') WHERE hidden IN (2, 3)", [.text(table.name)])
    return Set(rows.compactMap { $0.first?.text })
  }

  package func tablesFollowing(_ table: TableName, whenDropped isDropped: Bool) throws(MetaxyError) -> [TableName] {
    // DROP TABLE deletes the rows first, as DELETE does. https://sqlite.org/foreignkeys.html#fk_schemacommands
    let rows = try query(
      """
      SELECT DISTINCT m.name FROM main.sqlite_master AS m JOIN pragma_foreign_key_list(m.name, 'main') AS f
      WHERE m.type = 'table' AND lower(f."table") = lower(?1) AND lower(m.name) <> lower(?1)
        AND f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY 1
      """, [.text(table.name)])
    return rows.compactMap { $0.first?.text.map { TableName($0) } }
  }

  package var rebuildSupport: (any RebuildSupport)? { self }

  package func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError) {
    for statement in SQLiteScriptSQL().prepareForRebuild(isPrepared) { try execute(statement) }
  }

  package func danglingReferences() throws(MetaxyError) -> [TableReference: Int] {
    // Table by table, because the check of all tables fails if one refers to a missing key: possibly until a later section, or
    // since before the run.
    let tables = try query(
      "SELECT DISTINCT m.name FROM main.sqlite_master AS m JOIN pragma_foreign_key_list(m.name, 'main') WHERE m.type = 'table'"
    )
    var counts: [TableReference: Int] = [:]
    for table in tables {
      for row in try danglingReferences(of: table[0]) {
        let reference = TableReference(from: TableName(row[0].text ?? ""), to: TableName(row[1].text ?? ""))
        counts[reference, default: 0] += Int(row[3].integer ?? 0)
      }
    }
    return counts
  }

  private func danglingReferences(of table: SQLValue) throws(MetaxyError) -> [[SQLValue]] {
    do {
      // Counted, because rows of WITHOUT ROWID tables have no number that identifies them.
      return try query(
        "SELECT \"table\", \"parent\", \"fkid\", count(*) FROM pragma_foreign_key_check(?1, 'main') GROUP BY 1, 2, 3",
        [table])
    } catch {
      guard session.lastErrorIsForeignKeyMismatch else { throw error }
      return []
    }
  }

  package func liveExpectation(of table: TableName) throws(MetaxyError) -> TableExpectation? {
    let schema = try SQLiteIntrospector(self).schema { $0.folded != table.folded }
    return schema.definition.sorted.first.flatMap { schema[$0.name] }.map(TableExpectation.init(of:))
  }
}
