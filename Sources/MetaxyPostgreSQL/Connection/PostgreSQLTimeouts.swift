/// How long PostgreSQL waits, in milliseconds; 0 for as long as it takes.
package struct PostgreSQLTimeouts: Sendable, Hashable {
  /// For a lock that another session holds.
  package var lock: Int
  /// For one statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }
}
