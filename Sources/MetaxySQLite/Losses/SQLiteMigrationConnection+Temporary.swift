internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL
internal import MetaxySQLiteDriver

// The end of a section's statements: temporary objects end with them.
extension SQLiteMigrationConnection {
  package func lossMeter(for statements: [[SQLToken]]) throws(MetaxyError) -> any LossMeter {
    try SQLiteLossMeter(session, statements)
  }

  package func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<TableName>
  ) throws(MetaxyError) -> TableChanges {
    try dropTemporaryObjects()
    let after = try tableNames()
    return TableChanges(created: after.subtracting(before), dropped: before.subtracting(after))
  }

  /// Drops what is temporary: a table in place of one of the database, a trigger on one of its tables.
  private func dropTemporaryObjects() throws(MetaxyError) {
    // A trigger goes with its table, and the tables of a module with the virtual table.
    let rows = try session.query(
      """
      SELECT type, name FROM temp.sqlite_master
      WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY type <> 'trigger', type <> 'view', sql NOT LIKE 'CREATE VIRTUAL%'
      """, [])
    guard !rows.isEmpty else { return }
    for row in rows {
      guard let type = row[0].text, let name = row[1].text else { continue }
      try session.execute("DROP \(type.uppercased()) IF EXISTS temp.\(SQLText.identifier(name))", [])
    }
  }
}
