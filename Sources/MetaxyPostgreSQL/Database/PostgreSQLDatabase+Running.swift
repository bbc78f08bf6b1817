package import MetaxyErrors
package import MetaxyRuntime

extension PostgreSQLDatabase: Database {
  package var dialect: any Dialect { PostgreSQLDialect(isOnline: isOnline) }

  package func lock(waiting: (_ holder: String) -> Void) throws(MetaxyError) -> any RunLock {
    try PostgreSQLRunLock(self, patience: Self.runPatience, waiting: waiting)
  }

  /// The time that a runner waits for another one: a migration may take a while, but an idle CI job should end.
  private static let runPatience = Duration.seconds(60)

  /// Returns the connection that holds the lock, so that the lock ends with the connection.
  package func openForWriting(under lock: any RunLock) throws(MetaxyError) -> any Connection {
    guard let lock = lock as? PostgreSQLRunLock else { return try openForWriting() }
    return lock.connection
  }
}
