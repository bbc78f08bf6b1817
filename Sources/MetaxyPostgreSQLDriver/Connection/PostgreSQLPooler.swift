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
    _ handle: OpaquePointer, connectAgain: () throws(MetaxyError) -> OpaquePointer
  ) throws(MetaxyError) -> Bool {
    let connection = PooledConnection(handle: handle, libpq: libpq)
    connection.query(PooledConnection.process)
    // A pooler does not know the server process when it accepts the connection, so it invents a number.
    guard let first = connection.processes.first, first != libpq.functions.pointee.PQbackendPID(handle) else {
      return false
    }
    let otherHandle = try connectAgain()
    defer { libpq.functions.pointee.PQfinish(otherHandle) }
    let other = PooledConnection(handle: otherHandle, libpq: libpq)
    other.send("BEGIN")
    if isAnswered(other, beside: connection) { other.query(PooledConnection.process) }
    guard let second = other.processes.first else {
      // All processes of a pool can be in use: then nothing more is known.
      connection.receive()
      return connection.processes.count > 1
    }
    if connection.processes.contains(second) { return true }
    if !connection.isWaiting { connection.send(PooledConnection.process) }
    // A connection that has lost its process to a transaction of another waits for that transaction.
    guard isAnswered(connection, beside: other) else { return true }
    connection.receive()
    // If processes are shared, a released one is used again.
    other.query("ROLLBACK")
    connection.query(PooledConnection.process)
    connection.query(PooledConnection.process)
    return connection.processes.count > 1
  }

  /// Waits for a result until another connection has had many: a slow machine slows both.
  private func isAnswered(_ waiting: PooledConnection, beside other: PooledConnection) -> Bool {
    var results = 0
    while results < 30 {
      if waiting.hasResult(within: 100) { return true }
      if other.isWaiting && other.hasResult(within: 0) {
        other.receive()
        results += 1
      }
      if !other.isWaiting { other.send(PooledConnection.process) }
    }
    return waiting.hasResult(within: 0)
  }
}

/// A connection that remembers which server processes have run its statements.
private final class PooledConnection {
  /// The statement that returns the number of the server process.
  static let process = "SELECT pg_backend_pid()"

  private let handle: OpaquePointer
  private let libpq: LibPQ
  private(set) var processes: Set<Int32> = []
  /// Whether a statement was sent whose result was not received.
  private(set) var isWaiting = false

  init(handle: OpaquePointer, libpq: LibPQ) {
    self.handle = handle
    self.libpq = libpq
  }

  /// Sends a statement, after it has received the result of the one before.
  func send(_ sql: String) {
    receive()
    isWaiting = functions.PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0) == 1
  }

  /// Whether ``receive()`` returns at once.
  ///
  /// - Parameter limit: the time to wait, in milliseconds; -1 for as long as it takes.
  func hasResult(within limit: Int32) -> Bool {
    while functions.PQisBusy(handle) == 1 {
      var descriptor = pollfd(fd: functions.PQsocket(handle), events: Int16(POLLIN), revents: 0)
      guard descriptor.fd >= 0 else { return true }
      let isReady = Interruption.withSignalsReleased { poll(&descriptor, 1, limit) > 0 }
      if !isReady && limit >= 0 { return false }
      // A connection that broke has an error as its result.
      if isReady && functions.PQconsumeInput(handle) != 1 { return true }
    }
    return true
  }

  /// Waits for the result of the statement that was sent.
  func receive() {
    guard isWaiting, hasResult(within: -1) else { return }
    isWaiting = false
    while let result = functions.PQgetResult(handle) {
      let answer = PostgreSQLResult(result, libpq)
      if let number = answer.rows.first?.first?.integer { processes.insert(Int32(clamping: number)) }
    }
  }

  func query(_ sql: String) {
    send(sql)
    receive()
  }

  private var functions: metaxy_libpq { libpq.functions.pointee }
}
