internal import CSQLite

/// How long SQLite waits, in milliseconds; 0 for as long as it takes.
package struct SQLiteTimeouts: Sendable, Hashable {
  /// For another process that writes.
  package var lock: Int
  /// For one statement.
  package var statement: Int

  package init(lock: Int = 5000, statement: Int = 0) {
    self.lock = lock
    self.statement = statement
  }

  /// The time in the unit and the sense of `sqlite3_busy_timeout`, where 0 is no patience at all.
  var busyTimeout: Int32 { lock == 0 ? .max : Int32(clamping: lock) }
}

/// Ends a statement that takes longer than it may, or that somebody asks to stop.
///
/// SQLite asks every some thousand steps of its virtual machine whether to go on.
/// https://sqlite.org/c3ref/progress_handler.html
final class SQLiteStopwatch {
  private let limit: Duration
  private let interruption: SQLiteInterruption
  private var deadline: ContinuousClock.Instant?
  /// Whether the last statement was ended.
  private(set) var hasExpired = false

  /// - Parameter limit: how many milliseconds a statement may take; 0 for as many as it takes.
  init(limit: Int, interruption: SQLiteInterruption) {
    self.limit = .milliseconds(limit)
    self.interruption = interruption
  }

  func watch(_ database: OpaquePointer) {
    sqlite3_progress_handler(
      database, 10_000,
      { context in
        guard let context else { return 1 }
        return Unmanaged<SQLiteStopwatch>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func start() {
    hasExpired = false
    deadline = limit > .zero ? ContinuousClock.now + limit : nil
  }

  func stop() { deadline = nil }

  private var isOver: Bool {
    if interruption.isWanted { return true }
    guard let deadline, ContinuousClock.now > deadline else { return false }
    hasExpired = true
    return true
  }
}
