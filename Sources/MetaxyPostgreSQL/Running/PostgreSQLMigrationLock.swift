internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver

/// The run lock with the connection that holds it, on which the run works.
final class PostgreSQLMigrationLock: RunLock {
  let connection: PostgreSQLMigrationConnection
  private let lock: PostgreSQLRunLock

  init(
    _ database: PostgreSQLDatabase, patience: Duration = PostgreSQLRunLock.patience,
    waiting: (_ holder: String) -> Void
  ) throws(MetaxyError) {
    connection = try PostgreSQLMigrationConnection(to: database.endpoint, mode: .writing)
    lock = try PostgreSQLRunLock(connection.session, patience: patience, waiting: waiting)
    connection.begin(underRunLockOf: database.endpoint)
  }

  deinit {
    release()
  }

  func release() {
    connection.isUnderRunLock = false
    lock.release()
  }
}
