/// How long PostgreSQL waits, in milliseconds; 0 for as long as it takes.
public struct PostgreSQLTimeouts: Sendable, Hashable {
  /// For a lock that another session holds.
  public var lock: Int
  /// For one statement.
  public var statement: Int

  public init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }
}
