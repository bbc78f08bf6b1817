internal import CPostgreSQL
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPlatform

/// Detects a pooler between a connection and its server that runs each transaction in another server process.
///
/// Settings and locks of a session would then apply to other programs that share the pooler.
struct PostgreSQLPooler {
  let libpq: LibPQ

  /// Returns whether transactions of a connection can run in different server processes. Called before any setting.
  ///
  /// - Parameter connectAgain: opens a second connection to the same address.
  func sharesProcesses(
    _ connection: OpaquePointer, connectAgain: () throws(MetaxyError) -> OpaquePointer
  ) throws(MetaxyError) -> Bool {
    // A pooler does not know the server process when it accepts the connection, so it invents a number.
    guard let first = process(of: connection), first != functions.PQbackendPID(connection) else { return false }
    let other = try connectAgain()
    defer { functions.PQfinish(other) }
    _ = process(of: other, sql: "BEGIN", patience: Self.patience)
    guard let second = process(of: other, patience: Self.patience) else { return false }
    if second == first || process(of: connection, patience: Self.patience) != first { return true }
    // If processes are shared, a released one is used again.
    _ = process(of: other, sql: "ROLLBACK", patience: Self.patience)
    return process(of: connection) != first || process(of: connection) != first
  }

  private var functions: metaxy_libpq { libpq.functions.pointee }

  /// The time to wait for a free process, in milliseconds: all processes of a pool can be in use.
  private static let patience: Int32 = 3000

  /// Runs a statement and returns the resulting number; nil if there is no result in time.
  private func process(
    of connection: OpaquePointer, sql: String = "SELECT pg_backend_pid()", patience: Int32 = -1
  ) -> Int32? {
    guard functions.PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 0) == 1 else { return nil }
    while functions.PQisBusy(connection) == 1 {
      var descriptor = pollfd(fd: functions.PQsocket(connection), events: Int16(POLLIN), revents: 0)
      let isReady = Interruption.withSignalsReleased { poll(&descriptor, 1, patience) > 0 }
      guard isReady, functions.PQconsumeInput(connection) == 1 else { return nil }
    }
    var number: Int32?
    while let result = functions.PQgetResult(connection) {
      let answer = PostgreSQLResult(result, libpq)
      number = answer.rows.first?.first?.integer.map { Int32(clamping: $0) } ?? number
    }
    return number
  }
}
