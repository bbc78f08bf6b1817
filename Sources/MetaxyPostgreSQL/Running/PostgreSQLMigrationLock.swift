internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver

/// The run lock with the connection that holds it, on which the run works.
final class PostgreSQLMigrationLock: RunLock {
  let connection: PostgreSQLMigrationConnection
  private let lock: PostgreSQLRunLock

  init(_ endpoint: PostgreSQLEndpoint, waiting: (_ holder: String) -> Void) throws(MetaxyError) {
    connection = try PostgreSQLMigrationConnection(to: endpoint, mode: .writing)
    lock = try PostgreSQLRunLock(connection.session, waiting: waiting)
    connection.begin(underRunLockOf: endpoint)
  }

  deinit {
    release()
  }

  func release() {
    connection.isUnderRunLock = false
    lock.release()
  }
}
