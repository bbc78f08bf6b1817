internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySQLiteDriver

/// The definitions of a database without its rows, to evaluate other definitions in a copy.
struct SQLiteCatalogCopy {
  private let objects: [(type: String, name: String, sql: String)]
  private let virtualTables: SQLiteVirtualTables

  init(of connection: any Connection) throws(MetaxyError) {
    // Dependent objects come last: triggers can be on views. SQLite creates its own tables and the indexes without a
    // text automatically.
    objects = try connection.query(
      """
      SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view' THEN 3 ELSE 4 END, rowid
      """
    ).map { (type: $0[0].text ?? "", name: $0[1].text ?? "", sql: $0[2].text ?? "") }
    virtualTables = SQLiteVirtualTables(objects.filter { $0.type == "table" }.map { (name: $0.name, sql: $0.sql) })
  }

  /// Creates all objects in an empty database.
  ///
  /// - Throws: `cannot_copy_definition` if a definition requires a function or a collation of another program.
  func make(in scratch: any Connection) throws(MetaxyError) {
    for object in objects {
      do {
        try execute(object.sql, in: scratch)
      } catch {
        // Without its module, a virtual table can be neither created nor read. With the module, creating it has already
        // created its shadow tables.
        if virtualTables.own(object.name) { continue }
        throw .cannotCopyDefinition(object.type, object.name, cause: error)
      }
    }
  }

  private func execute(_ sql: String, in scratch: any Connection) throws(MetaxyError) {
    guard let scratch = scratch as? SQLiteMigrationConnection else {
      try scratch.execute(sql)
      return
    }
    try scratch.session.acceptingDoubleQuotedStrings { () throws(MetaxyError) in _ = try scratch.execute(sql, []) }
  }
}
