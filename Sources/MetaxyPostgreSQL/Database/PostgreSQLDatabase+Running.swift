package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyRuntime

extension PostgreSQLDatabase: Database {
  package var dialect: any Dialect { PostgreSQLDialect(isOnline: isOnline) }

  package func lock(waiting: (_ holder: String) -> Void) throws(MetaxyError) -> any RunLock {
    try PostgreSQLMigrationLock(self, waiting: waiting)
  }

  /// Returns the connection that holds the lock, so that the lock ends with the connection.
  package func openForWriting(under lock: any RunLock) throws(MetaxyError) -> any Connection {
    guard let lock = lock as? PostgreSQLMigrationLock else { return try openForWriting() }
    return lock.connection
  }
}
