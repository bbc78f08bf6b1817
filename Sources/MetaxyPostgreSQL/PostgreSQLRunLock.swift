internal import MetaxyErrors
internal import MetaxyRuntime

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Keeps other runners away from a database for a whole run, by a session's advisory lock.
///
/// It is asked for again and again, outside transactions: a runner that waits inside `pg_advisory_lock` would keep an
/// index build of the other one waiting for ever. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
final class PostgreSQLRunLock: RunLock {
  /// The lock's number, one for each database: `metaxy` in ASCII.
  private static let key = 0x6D65_7461_7879

  private var connection: PostgreSQLConnection?

  init(
    _ connection: PostgreSQLConnection, patience: Int, waiting: (String) -> Void
  ) throws(MetaxyError) {
    var waited = 0
    while try connection.query("SELECT pg_try_advisory_lock(\(Self.key))", []).first?.first?.integer != 1 {
      let holder = try Self.holder(connection)
      guard waited < patience else {
        throw .databaseBusy(connection.shownName, holder: holder, seconds: patience / 1000)
      }
      if waited == 0 { waiting(holder) }
      usleep(100_000)
      waited += 100
    }
    self.connection = connection
  }

  /// The lock goes with its session.
  func release() { connection = nil }

  private static func holder(_ connection: PostgreSQLConnection) throws(MetaxyError) -> String {
    let row =
      try connection.query(
        """
        SELECT a.pid, a.application_name, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS')
        FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (l.classid::bigint << 32) + l.objid::bigint = \(key)
        """, []
      ).first ?? []
    guard row.count == 3, let pid = row[0].integer else { return "another session" }
    return "`\(row[1].text ?? "")`, process \(pid) of the server, there since \(row[2].text ?? "") UTC"
  }
}
