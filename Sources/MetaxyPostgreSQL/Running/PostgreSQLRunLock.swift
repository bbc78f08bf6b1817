internal import MetaxyErrors
internal import MetaxyRuntime

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Keeps other runners away from a database for a whole run, by an advisory lock of the session.
///
/// It is held by the connection on which the run works: so it ends neither before the last statement of a run that was
/// killed, which the server may go on with for a while, nor after it; and a run whose lock is gone has lost its
/// transaction, too.
///
/// It is asked for again and again, never waited for: a statement that waits holds up a concurrent index build of the
/// holder, which waits for all older statements of the database.
/// https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
final class PostgreSQLRunLock: RunLock {
  let connection: PostgreSQLConnection

  init(
    _ database: PostgreSQLDatabase, patience: Duration, waiting: (_ holder: String) -> Void
  ) throws(MetaxyError) {
    connection = try PostgreSQLConnection(to: database, mode: .writing)
    let deadline = ContinuousClock.now + patience
    var hasReported = false
    while try !take() {
      let holder = try PostgreSQLSession.holdingRunLock(connection)
      let description = holder?.description ?? "another session"
      guard ContinuousClock.now < deadline else {
        throw .databaseBusy(
          database.displayName, holder: description, seconds: Int(patience.components.seconds),
          hints: [holder?.remedy].compactMap(\.self).map { Hint($0) })
      }
      if !hasReported { waiting(description) }
      hasReported = true
      usleep(100_000)
    }
    connection.begin(underRunLockOf: database)
  }

  deinit {
    release()
  }

  func release() {
    guard connection.isUnderRunLock else { return }
    connection.isUnderRunLock = false
    // If this fails, the connection is lost, and the lock with it.
    _ = try? connection.run("SELECT pg_advisory_unlock(\(Self.key))", isInterruptible: false)
  }

  private func take() throws(MetaxyError) -> Bool {
    try connection.query("SELECT pg_try_advisory_lock(\(Self.key))", []).first?.first?.integer == 1
  }

  /// The key `metaxyup` in ASCII; advisory locks are separate for each database.
  private static let key = 0x6D65_7461_7879_7570

  /// Selects the lock, if a session holds it. https://www.postgresql.org/docs/current/view-pg-locks.html
  static let rows = """
    SELECT pid FROM pg_catalog.pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 1
      AND classid::bigint = \(key >> 32) AND objid::bigint = \(key & 0xFFFF_FFFF)
      AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
    """
}

extension PostgreSQLConnection {
  /// - Throws: `run_lock_lost` if the server process of this connection no longer holds the run lock.
  func requireRunLock() throws(MetaxyError) {
    let rows = try query("SELECT 1 FROM (\(PostgreSQLRunLock.rows)) AS l WHERE l.pid = pg_backend_pid()", [])
    guard !rows.isEmpty else { throw .runLockLost(displayName) }
  }
}
