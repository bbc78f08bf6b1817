internal import MetaxyErrors

/// Finds the sessions that block another session, on a separate connection.
///
/// The server only knows them while the session waits: after `lock_timeout` they are unknown.
final class PostgreSQLObserver {
  private var database: PostgreSQLDatabase
  private let process: Int64
  private let report: (String) -> Void
  private var connection: PostgreSQLConnection?
  /// The processes that have been reported.
  private var reported: Set<Int64> = []
  /// The sessions that blocked the current statement at the last check.
  private(set) var blocking: [PostgreSQLSession] = []

  /// - Parameters:
  ///   - process: the id of the server process to observe.
  ///   - report: called with each blocking session, once.
  init(_ database: PostgreSQLDatabase, process: Int64, report: @escaping (String) -> Void) {
    self.database = database
    // An interruption is meant for the waiting session.
    self.database.interruption = nil
    self.database.notice = nil
    self.process = process
    self.report = report
  }

  /// The time in milliseconds until a running statement is checked, and between checks.
  var interval: Int32 { database.timeouts.lock > 0 ? Int32(clamping: max(20, database.timeouts.lock / 4)) : 1000 }

  func beginStatement() { blocking = [] }

  func look() {
    // The result is only an explanation: the current statement continues without it.
    guard let found = try? sessions(), !found.isEmpty else { return }
    blocking = found
    guard !reported.isSuperset(of: found.map(\.process)) else { return }
    reported.formUnion(found.map(\.process))
    report("waiting for a lock that \(found.map(\.description).joined(separator: " and ")) holds")
  }

  private func sessions() throws(MetaxyError) -> [PostgreSQLSession] {
    guard let connection else {
      connection = try PostgreSQLConnection(to: database, mode: .reading)
      return try sessions()
    }
    return try PostgreSQLSession.blocking(process, connection)
  }
}
