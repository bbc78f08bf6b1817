internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyPlatform

/// Keeps other runners away from a database for a whole run, by an advisory lock of the session.
///
/// The connection of the run holds it. So it ends together with the last statement of a killed run, which the server may
/// continue for a while; and a run that has lost its lock has lost its transaction, too.
///
/// The lock is polled, not waited for in a statement: a waiting statement would block a concurrent index build of the
/// holder, which waits for all older statements of the database.
/// https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
package final class PostgreSQLRunLock: RunLock {
  private let connection: PostgreSQLConnection

  /// How long a run waits for another one: a migration can take long, an idle CI job must end.
  package static let patience = Duration.seconds(60)

  private var isHeld = false

  /// - Throws: `database_busy`; `unsupported_server` if the server lacks what a run depends on.
  /// - Parameters:
  ///   - connection: the connection whose session holds the lock.
  ///   - patience: the longest time to wait for the lock.
  ///   - waiting: called once with the holder if another session holds the lock.
  package init(
    _ connection: PostgreSQLConnection, patience: Duration = patience, waiting: (_ holder: String) -> Void
  ) throws(MetaxyError) {
    self.connection = connection
    let deadline = ContinuousClock.now + patience
    var hasReported = false
    while try !take() {
      let holder = try PostgreSQLSession.holdingRunLock(connection)
      let description = holder?.description ?? "another session"
      guard ContinuousClock.now < deadline else {
        throw .databaseBusy(
          connection.displayName, holder: description, seconds: Int(patience.components.seconds),
          hints: [holder?.remedy].compactMap(\.self).map { Hint($0) })
      }
      if !hasReported { waiting(description) }
      hasReported = true
      usleep(100_000)
    }
    isHeld = true
    try PostgreSQLCapabilities(connection: connection).require()
  }

  deinit {
    release()
  }

  package func release() {
    guard isHeld else { return }
    isHeld = false
    // If this fails, the connection is lost, and the lock with it.
    _ = try? connection.run("SELECT pg_advisory_unlock(\(Self.key))", isInterruptible: false)
  }

  private func take() throws(MetaxyError) -> Bool {
    var isTaken = false
    try connection.product.naming(connection.displayName, missing: "advisory locks") { () throws(MetaxyError) in
      isTaken = try connection.query("SELECT pg_try_advisory_lock(\(Self.key))", []).first?.first?.integer == 1
    }
    return isTaken
  }

  /// The key `metaxyup` in ASCII; advisory locks are separate for each database.
  private static let key = 0x6D65_7461_7879_7570

  /// Selects the lock, if a session holds it. https://www.postgresql.org/docs/current/view-pg-locks.html
  package static let rows = """
    SELECT pid FROM pg_catalog.pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 1
      AND classid::bigint = \(key >> 32) AND objid::bigint = \(key & 0xFFFF_FFFF)
      AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
    """
}
