internal import MetaxyErrors

/// Looks, on a connection of its own, at who keeps a session waiting.
///
/// Only while a session waits the server knows for whom: after `lock_timeout` nobody can tell any more.
final class PostgreSQLObserver {
  private var database: PostgreSQLDatabase
  private let process: Int64
  private let tell: (String) -> Void
  private var connection: PostgreSQLConnection?
  /// The processes that were told of.
  private var told: Set<Int64> = []
  /// Who kept the statement at hand waiting when it was looked at last.
  private(set) var blocking: [PostgreSQLSession] = []

  /// - Parameters:
  ///   - process: the number of the server's process that is looked at.
  ///   - tell: is told who is waited for, once of each.
  init(_ database: PostgreSQLDatabase, process: Int64, tell: @escaping (String) -> Void) {
    self.database = database
    // A wish to stop is one for the session that waits.
    self.database.interruption = nil
    self.database.notice = nil
    self.process = process
    self.tell = tell
  }

  /// How long a statement runs before it is looked at, and then again, in milliseconds.
  var interval: Int32 { database.timeouts.lock > 0 ? Int32(clamping: max(20, database.timeouts.lock / 4)) : 1000 }

  func beginStatement() { blocking = [] }

  func look() {
    // What is found out is an explanation: the statement at hand goes on without it.
    guard let found = try? sessions(), !found.isEmpty else { return }
    blocking = found
    guard !told.isSuperset(of: found.map(\.process)) else { return }
    told.formUnion(found.map(\.process))
    tell("waiting for a lock that \(found.map(\.description).joined(separator: " and ")) holds")
  }

  private func sessions() throws(MetaxyError) -> [PostgreSQLSession] {
    guard let connection else {
      connection = try PostgreSQLConnection(to: database, mode: .reading)
      return try sessions()
    }
    return try PostgreSQLSession.blocking(process, connection)
  }
}
