internal import CSQLite

/// The last error of a connection, as SQLite reports it.
///
/// <https://sqlite.org/c3ref/errcode.html>
struct SQLiteReport {
  var message: String
  /// The primary result code. <https://sqlite.org/rescode.html>
  var code: Int32
  /// The position in the statement, in bytes from 0; nil if SQLite does not report it.
  var offset: Int?

  init(of connection: OpaquePointer) {
    message = String(cString: sqlite3_errmsg(connection))
    code = sqlite3_extended_errcode(connection) & 0xFF
    let place = metaxy_sqlite_error_offset(connection)
    offset = place >= 0 ? Int(place) : nil
  }

  // SQLite reports both as SQLITE_ERROR, like any other misuse; only the message distinguishes them.

  /// Whether a foreign key refers to columns without a unique key, so that its rows cannot be checked.
  ///
  /// <https://sqlite.org/foreignkeys.html#fk_indexes>
  var isForeignKeyMismatch: Bool { message.hasPrefix("foreign key mismatch") }

  /// Whether a key, a unique constraint or a check is to be deferred, which only a foreign key can be.
  ///
  /// <https://sqlite.org/lang_createtable.html>
  var defersConstraint: Bool {
    ["deferrable", "initially"].contains { message.lowercased().hasPrefix("near \"\($0)\": syntax error") }
  }

  /// Whether a NOT NULL column without a default was added to a table that has rows.
  var lacksValueForNewColumn: Bool { message.hasPrefix("Cannot add a NOT NULL column") }
}
