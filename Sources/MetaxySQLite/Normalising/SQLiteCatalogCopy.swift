internal import MetaxyErrors
internal import MetaxyRuntime

/// The definitions of a database, without its rows: to try out in another one what SQLite makes of them.
struct SQLiteCatalogCopy {
  private let objects: [(type: String, name: String, sql: String)]
  private let virtualTables: SQLiteVirtualTables

  init(of connection: any Connection) throws(MetaxyError) {
    // What belongs to something else comes after it: triggers are on views, too. SQLite makes its own tables, and the
    // indexes without a text, by itself.
    objects = try connection.query(
      """
      SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view' THEN 3 ELSE 4 END, rowid
      """
    ).map { (type: $0[0].text ?? "", name: $0[1].text ?? "", sql: $0[2].text ?? "") }
    virtualTables = SQLiteVirtualTables(objects.filter { $0.type == "table" }.map { (name: $0.name, sql: $0.sql) })
  }

  /// Makes everything anew in an empty database.
  ///
  /// - Throws: `cannot_copy_definition` where a definition wants what only other programs bring: their functions, their
  ///   collations.
  func make(in scratch: any Connection) throws(MetaxyError) {
    for object in objects {
      do {
        try scratch.execute(object.sql)
      } catch {
        // Without its module a virtual table cannot be made, nor read by anything that is here; with it, it has made
        // the tables that hold its content by itself.
        if virtualTables.own(object.name) { continue }
        throw .cannotCopyDefinition(object.type, object.name, cause: error)
      }
    }
  }
}
