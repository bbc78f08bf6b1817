internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQLiteDriver

/// A table that existed before a section, as it is now.
struct SQLiteMeasuredTable {
  /// Its name before the section.
  var originalName: String
  /// Its name now.
  var name: String
  /// The columns that existed before the section; those that SQLite computes are not among them.
  var columns: [SQLiteMeasuredColumn]
  /// Whether a module implements it, so that it cannot have triggers.
  var isVirtual: Bool

  func column(_ name: String) -> SQLiteMeasuredColumn? { columns.first { $0.name.folded == name.folded } }
}

/// A column that existed before a section.
struct SQLiteMeasuredColumn: Hashable {
  var name: String
  var type: String
}

extension SQLiteConnection {
  /// The tables of the database by their folded names; no tables of SQLite or of a virtual table's module.
  func measuredTables() throws(MetaxyError) -> [String: SQLiteMeasuredTable] {
    var tables: [String: SQLiteMeasuredTable] = [:]
    // https://sqlite.org/pragma.html#pragma_table_list https://sqlite.org/pragma.html#pragma_table_xinfo
    let rows = try query(
      """
      SELECT t.name, t.type = 'virtual', c.name, c.type FROM pragma_table_list AS t
      LEFT JOIN pragma_table_xinfo(t.name, 'main') AS c ON c.hidden = 0
      WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      """, [])
    for row in rows {
      guard let name = row[0].text else { continue }
      var table =
        tables[name.folded]
        ?? SQLiteMeasuredTable(originalName: name, name: name, columns: [], isVirtual: row[1].integer == 1)
      if let column = row[2].text { table.columns.append(SQLiteMeasuredColumn(name: column, type: row[3].text ?? "")) }
      tables[name.folded] = table
    }
    return tables
  }

  /// The columns of a table that are not computed.
  func measuredColumns(of table: String) throws(MetaxyError) -> [SQLiteMeasuredColumn] {
    try query("SELECT name, type FROM pragma_table_xinfo(?1, 'main') WHERE hidden = 0", [.text(table)]).map {
      SQLiteMeasuredColumn(name: $0[0].text ?? "", type: $0[1].text ?? "")
    }
  }

  /// Returns whether a temporary table or view takes the place of a table whose name is written without a schema.
  func hasTemporary(_ name: String) throws(MetaxyError) -> Bool {
    try !query(
      "SELECT 1 FROM temp.sqlite_master WHERE type IN ('table', 'view') AND lower(name) = lower(?1)", [.text(name)]
    ).isEmpty
  }

  func number(_ sql: String) throws(MetaxyError) -> Int {
    Int(try query(sql, []).first?.first?.integer ?? 0)
  }

  func countRows(of table: String) throws(MetaxyError) -> Int {
    try number("SELECT count(*) FROM main.\(SQLText.identifier(table))")
  }

  func countValues(of column: String, in table: String) throws(MetaxyError) -> Int {
    try number("SELECT count(\(SQLText.identifier(column))) FROM main.\(SQLText.identifier(table))")
  }
}
