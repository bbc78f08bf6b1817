internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRuntime

extension SQLiteDialect {
  /// Returns the rowid, or the primary key of a table without one. https://sqlite.org/withoutrowid.html
  package func batchKey(of table: TableName, _ connection: any Connection) throws(MetaxyError) -> BatchKey {
    let isWithoutRowID = try !connection.query(
      "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(?1) AND wr = 1",
      [.text(table.name)]
    ).isEmpty
    let columns = try connection.query(
      "SELECT name, pk FROM pragma_table_xinfo(?1, 'main') ORDER BY pk", [.text(table.name)])
    let names = Set(columns.compactMap { $0[0].text?.folded })
    let rowID = isWithoutRowID ? nil : ["rowid", "_rowid_", "oid"].first { !names.contains($0) }
    let key = columns.filter { $0[1].integer ?? 0 > 0 }.compactMap { $0[0].text.map(quoted) }
    return BatchKey(rowID.map { [$0] } ?? key, needsSorting: true) { "quote(\($0))" }
  }
}
