internal import CSQLite
internal import MetaxyDatabase

/// The timeouts of SQLite in milliseconds; 0 for none.
package struct SQLiteTimeouts: Sendable, Hashable {
  /// The timeout for another process that writes.
  package var lock: Int
  /// The timeout for one statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }

  /// The lock timeout for `sqlite3_busy_timeout`, where 0 means that it does not wait.
  var busyTimeout: Int32 { lock == 0 ? .max : Int32(clamping: lock) }
}

/// Stops a statement that exceeds its timeout or that is interrupted.
///
/// SQLite calls the progress handler every few thousand instructions of its virtual machine.
/// https://sqlite.org/c3ref/progress_handler.html
package final class SQLiteStopwatch {
  private let limit: Duration
  private let interruption: SQLiteInterruption
  /// The source of a user's requests to stop; nil if there is none.
  private let signals: Interruption?
  private var deadline: ContinuousClock.Instant?
  /// Whether a request stopped the last statement.
  private var isInterrupted = false
  /// Whether the last statement was stopped.
  package private(set) var hasExpired = false

  /// - Parameter limit: the timeout of a statement in milliseconds; 0 for none.
  init(limit: Int, interruption: SQLiteInterruption, signals: Interruption? = nil) {
    self.limit = .milliseconds(limit)
    self.interruption = interruption
    self.signals = signals
  }

  /// Returns whether a user has requested to stop while no statement ran, once for each request.
  func takeRequest() -> Bool { signals?.take() == true }

  /// Whether a user's request stopped the last statement; once for each.
  var wasInterrupted: Bool {
    defer { isInterrupted = false }
    return isInterrupted
  }

  func watch(_ database: OpaquePointer) {
    sqlite3_progress_handler(
      database, 10_000,
      { context in
        guard let context else { return 1 }
        return Unmanaged<SQLiteStopwatch>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  package func start() {
    hasExpired = false
    deadline = limit > .zero ? ContinuousClock.now + limit : nil
  }

  package func stop() { deadline = nil }

  private var isOver: Bool {
    if interruption.isWanted { return true }
    if signals?.take() == true {
      isInterrupted = true
      return true
    }
    guard let deadline, ContinuousClock.now > deadline else { return false }
    hasExpired = true
    return true
  }
}
