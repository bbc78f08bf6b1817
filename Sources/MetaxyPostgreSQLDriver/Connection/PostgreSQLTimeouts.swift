/// The timeouts of PostgreSQL in milliseconds; 0 for none.
package struct PostgreSQLTimeouts: Sendable, Hashable {
  /// The timeout for a lock of another session.
  package var lock: Int
  /// The timeout for one statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }
}
