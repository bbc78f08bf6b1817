internal import CSQLite
internal import MetaxyNames
internal import MetaxySQLiteDriver

/// The tables that a statement inserts into, updates or deletes from, as SQLite finds them when it compiles it: through
/// views, triggers and foreign keys too.
///
/// https://sqlite.org/c3ref/set_authorizer.html
final class SQLiteStatementAccess {
  /// Folded names of tables of the database itself, not of temporary ones.
  private(set) var inserted: Set<String> = []
  private(set) var deleted: Set<String> = []
  /// The updated columns by their tables, all folded.
  private(set) var updated: [String: Set<String>] = [:]

  /// Compiles a statement without running it. A statement that cannot be compiled accesses nothing.
  init(_ sql: String, on session: SQLiteConnection) {
    sqlite3_set_authorizer(
      session.handle,
      { context, action, first, second, database, _ in
        guard let context, let first, let database, String(cString: database) == "main" else { return SQLITE_OK }
        Unmanaged<SQLiteStatementAccess>.fromOpaque(context).takeUnretainedValue()
          .note(action, String(cString: first).folded, second.map { String(cString: $0).folded })
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
    defer { sqlite3_set_authorizer(session.handle, nil, nil) }
    var sql = sql
    var statement: OpaquePointer?
    sql.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = sqlite3_prepare_v2(session.handle, characters.baseAddress, Int32(characters.count), &statement, nil)
      }
    }
    sqlite3_finalize(statement)
  }

  var tables: Set<String> { inserted.union(deleted).union(updated.keys) }

  private func note(_ action: Int32, _ table: String, _ column: String?) {
    switch action {
    case SQLITE_INSERT: inserted.insert(table)
    case SQLITE_DELETE: deleted.insert(table)
    case SQLITE_UPDATE: updated[table, default: []].insert(column ?? "")
    default: break
    }
  }
}
