internal import MetaxyErrors
internal import MetaxyRuntime

/// A session of the server that is in the way of another one.
struct PostgreSQLSession: Hashable {
  /// The number of its process on the server; 0 for a transaction that was prepared to be committed later.
  let process: Int64
  private let application: String?
  /// What it is doing, and since when.
  private let state: String?

  /// `server process 4711 (`psql`, idle in transaction since 2026-11-22 10:07:31 UTC)`
  var description: String {
    guard process != 0 else { return "a prepared transaction (see `pg_prepared_xacts`)" }
    let name = application.flatMap { $0.isEmpty ? nil : "`\($0)`" }
    let details = [name, state].compactMap(\.self).joined(separator: ", ")
    return "server process \(process)" + (details.isEmpty ? "" : " (\(details))")
  }

  /// What ends it; nil where nothing that is as simple does.
  var remedy: String? {
    process == 0 ? nil : "`SELECT pg_terminate_backend(\(process))` ends server process \(process), if nobody needs it"
  }

  /// Those that keep a session waiting.
  static func blocking(
    _ process: Int64, _ connection: PostgreSQLConnection
  ) throws(MetaxyError) -> [PostgreSQLSession] {
    try sessions("SELECT DISTINCT unnest(pg_catalog.pg_blocking_pids(\(process)))", connection) {
      "\($0).state || ' since ' || \(Self.utc("\($0).state_change"))"
    }
  }

  /// The one that holds the run lock of the database.
  static func holdingRunLock(_ connection: PostgreSQLConnection) throws(MetaxyError) -> PostgreSQLSession? {
    try sessions(PostgreSQLRunLock.rows, connection) {
      "'since ' || \(Self.utc("\($0).backend_start"))"
    }.first
  }

  private static func sessions(
    _ processes: String, _ connection: PostgreSQLConnection, state: (_ alias: String) -> String
  ) throws(MetaxyError) -> [PostgreSQLSession] {
    // Of other roles' sessions only some see more than the number and the application.
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
