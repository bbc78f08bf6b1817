internal import MetaxyDatabase
package import MetaxyErrors

/// A session of the server that blocks another one.
package struct PostgreSQLSession: Hashable {
  /// The id of its server process; 0 for a prepared transaction.
  package let process: Int64
  private let application: String?
  /// Its state, with the time of the last change.
  private let state: String?

  /// The session for display: `server process 4711 (`psql`, idle in transaction since 2026-11-22 10:07:31 UTC)`.
  package var description: String {
    guard process != 0 else { return "a prepared transaction (see `pg_prepared_xacts`)" }
    let name = application.flatMap { $0.isEmpty ? nil : "`\($0)`" }
    let details = [name, state].compactMap(\.self).joined(separator: ", ")
    return "server process \(process)" + (details.isEmpty ? "" : " (\(details))")
  }

  /// The statement that ends it; nil if there is no simple one.
  package var remedy: String? {
    process == 0 ? nil : "`SELECT pg_terminate_backend(\(process))` ends server process \(process), if it is not needed"
  }

  /// Returns the sessions that block a session.
  package static func blocking(
    _ process: Int64, _ connection: PostgreSQLConnection
  ) throws(MetaxyError) -> [PostgreSQLSession] {
    try sessions("SELECT DISTINCT unnest(pg_catalog.pg_blocking_pids(\(process)))", connection) {
      "\($0).state || ' since ' || \(Self.utc("\($0).state_change"))"
    }
  }

  /// Returns the session that holds the run lock of the database.
  package static func holdingRunLock(_ connection: PostgreSQLConnection) throws(MetaxyError) -> PostgreSQLSession? {
    try sessions(PostgreSQLRunLock.rows, connection) {
      "'since ' || \(Self.utc("\($0).backend_start"))"
    }.first
  }

  private static func sessions(
    _ processes: String, _ connection: PostgreSQLConnection, state: (_ alias: String) -> String
  ) throws(MetaxyError) -> [PostgreSQLSession] {
    // Only some roles see more than the process id and the application of other roles' sessions.
    let rows = try connection.query(
      """
      SELECT p.pid, a.application_name, \(state("a")) FROM (\(processes)) AS p (pid)
      LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = p.pid ORDER BY 1
      """, [])
    return rows.map { row in
      PostgreSQLSession(process: row[0].integer ?? 0, application: row[1].text, state: row[2].text)
    }
  }

  private static func utc(_ time: String) -> String {
    "to_char(\(time) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS \"UTC\"')"
  }
}
