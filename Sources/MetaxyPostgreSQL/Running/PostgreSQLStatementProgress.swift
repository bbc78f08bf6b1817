internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import Synchronization

/// How far the statement of another session is, on a separate connection.
///
/// https://www.postgresql.org/docs/current/progress-reporting.html
final class PostgreSQLStatementProgress: StatementProgress, @unchecked Sendable {
  private let endpoint: PostgreSQLEndpoint
  private let process: Int64
  /// Used under `lock` alone.
  private var connection: PostgreSQLConnection?
  private let lock = Mutex(())

  /// - Parameter process: the id of the server process that runs the statement.
  init(_ endpoint: PostgreSQLEndpoint, process: Int64) {
    var endpoint = endpoint
    endpoint.interruption = nil
    endpoint.notice = nil
    self.endpoint = endpoint
    self.process = process
  }

  var text: String? {
    lock.withLock { _ in
      // Only an explanation: the statement continues without it.
      (try? found())?.first.flatMap(Self.text)
    }
  }

  private func found() throws(MetaxyError) -> [[SQLValue]] {
    guard let connection else {
      connection = try PostgreSQLConnection(to: endpoint, mode: .reading)
      return try found()
    }
    return try connection.query(Self.query(process, version: connection.serverVersion))
  }

  private static func text(_ row: [SQLValue]) -> String? {
    guard let phase = row[0].text else { return nil }
    guard let done = row[1].integer, let total = row[2].integer, total > 0, let unit = row[3].text else { return phase }
    return "\(phase), \(done) of \(total) \(unit)"
  }

  private static func query(_ process: Int64, version: Int) -> String {
    var parts = [
      """
      SELECT phase, CASE WHEN blocks_total > 0 THEN blocks_done WHEN tuples_total > 0 THEN tuples_done ELSE lockers_done END,
        CASE WHEN blocks_total > 0 THEN blocks_total WHEN tuples_total > 0 THEN tuples_total ELSE lockers_total END,
        CASE WHEN blocks_total > 0 THEN 'blocks' WHEN tuples_total > 0 THEN 'rows' ELSE 'transactions' END
      FROM pg_catalog.pg_stat_progress_create_index WHERE pid = \(process)
      """,
      """
      SELECT phase, heap_blks_scanned, heap_blks_total, 'blocks'
      FROM pg_catalog.pg_stat_progress_cluster WHERE pid = \(process)
      """,
      """
      SELECT phase, heap_blks_scanned, heap_blks_total, 'blocks'
      FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = \(process)
      """,
      """
      SELECT phase, sample_blks_scanned, sample_blks_total, 'blocks'
      FROM pg_catalog.pg_stat_progress_analyze WHERE pid = \(process)
      """,
    ]
    if version >= 140_000 {
      parts.append(
        """
        SELECT 'copying ' || tuples_processed || ' rows', bytes_processed, bytes_total, 'bytes'
        FROM pg_catalog.pg_stat_progress_copy WHERE pid = \(process)
        """)
    }
    parts.append(
      """
      SELECT 'waiting for a lock', NULL, NULL, NULL
      FROM pg_catalog.pg_stat_activity WHERE pid = \(process) AND wait_event_type = 'Lock'
      """)
    return parts.joined(separator: "\nUNION ALL ")
  }
}
