internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime
internal import MetaxySchema

extension SQLiteMigrationConnection {
  package func tableNames() throws(MetaxyError) -> Set<String> {
    let rows = try query(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return Set(rows.compactMap { $0.first?.text })
  }

  package func columnNames(of table: String) throws(MetaxyError) -> [String] {
    try query("SELECT name FROM pragma_table_xinfo(?1)", [.text(table)]).compactMap { $0.first?.text }
  }

  package func computedColumns(of table: String) throws(MetaxyError) -> Set<String> {
    // https://sqlite.org/pragma.html#pragma_table_xinfo
    let rows = try query("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden IN (2, 3)", [.text(table)])
    return Set(rows.compactMap { $0.first?.text })
  }

  package func tablesFollowing(_ table: String) throws(MetaxyError) -> [String] {
    // DROP TABLE deletes the rows first, as DELETE does. https://sqlite.org/foreignkeys.html#fk_schemacommands
    let rows = try query(
      """
      SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f
      WHERE m.type = 'table' AND lower(f."table") = lower(?1) AND lower(m.name) <> lower(?1)
        AND f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY 1
      """, [.text(table)])
    return rows.compactMap { $0.first?.text }
  }

  package func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError) {
    // No effect inside a transaction. https://sqlite.org/pragma.html#pragma_foreign_keys
    try execute("PRAGMA foreign_keys = \(isPrepared ? "OFF" : "ON")")
    // Otherwise a rename fails if a view or a trigger mentions the table, and the foreign keys of other tables keep
    // referring to the old table until its end. https://sqlite.org/pragma.html#pragma_legacy_alter_table
    try execute("PRAGMA legacy_alter_table = \(isPrepared ? "ON" : "OFF")")
  }

  package func danglingReferences() throws(MetaxyError) -> [String: Int] {
    // Table by table: one whose parent lacks the key that it refers to makes the check of all of them fail, and may be
    // so until a later section, or always have been.
    let tables = try query(
      "SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) WHERE m.type = 'table'")
    var counts: [String: Int] = [:]
    for table in tables {
      for row in try danglingReferences(of: table[0]) {
        counts["`\(row[0].text ?? "")` -> `\(row[1].text ?? "")`", default: 0] += Int(row[3].integer ?? 0)
      }
    }
    return counts
  }

  private func danglingReferences(of table: SQLValue) throws(MetaxyError) -> [[SQLValue]] {
    do {
      // Counted, because rows of WITHOUT ROWID tables have no number that identifies them.
      return try query(
        "SELECT \"table\", \"parent\", \"fkid\", count(*) FROM pragma_foreign_key_check(?1) GROUP BY 1, 2, 3", [table])
    } catch {
      // SQLite has no code of its own for it: what such rows refer to, nobody can say.
      // https://sqlite.org/foreignkeys.html#fk_indexes
      guard error.message.hasPrefix("foreign key mismatch") else { throw error }
      return []
    }
  }

  package func liveExpectation(of table: String) throws(MetaxyError) -> TableExpectation? {
    let schema = try SQLiteIntrospector(self).schema { $0.folded != table.folded }
    return schema.sorted.first.map(TableExpectation.init(of:))
  }
}
