/// The timeouts of SQLite in milliseconds; 0 for none.
package struct SQLiteTimeouts: Sendable, Hashable {
  /// The timeout for another process that writes.
  package var lock: Int
  /// The timeout for one statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }

  /// The lock timeout for `sqlite3_busy_timeout`, where 0 means that it does not wait.
  var busyTimeout: Int32 { lock == 0 ? .max : Int32(clamping: lock) }
}
