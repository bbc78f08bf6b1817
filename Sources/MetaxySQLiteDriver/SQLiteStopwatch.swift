internal import CSQLite
internal import Synchronization

/// Watches a statement while it runs: stops it if it exceeds its timeout or is interrupted, and counts the rows it has read.
///
/// SQLite calls the progress handler every few thousand instructions of its virtual machine.
/// https://sqlite.org/c3ref/progress_handler.html
package final class SQLiteStopwatch {
  private let limit: Duration
  private let interruption: SQLiteInterruption
  private var deadline: ContinuousClock.Instant?
  private var isRunning = false
  /// Whether the last statement was stopped because of its timeout.
  package private(set) var hasExpired = false
  /// Whether the last statement was stopped because ``isAskedToStop`` returned true.
  package private(set) var wasStopped = false
  /// Asked while a statement runs between ``start()`` and ``stop()``.
  package var isAskedToStop: (() -> Bool)?
  /// Where the number of rows that the running statement has read is stored; nil if rows are not counted.
  package let rows: SQLiteScannedRows?

  /// - Parameters:
  ///   - limit: the timeout of a statement in milliseconds; 0 for none.
  ///   - countsRows: whether rows are counted.
  init(limit: Int, interruption: SQLiteInterruption, countsRows: Bool) {
    self.limit = .milliseconds(limit)
    self.interruption = interruption
    rows = countsRows ? SQLiteScannedRows() : nil
  }

  func watch(_ database: OpaquePointer) {
    self.database = database
    sqlite3_progress_handler(
      database, 10_000,
      { context in
        guard let context else { return 1 }
        return Unmanaged<SQLiteStopwatch>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private var database: OpaquePointer?

  package func start() {
    hasExpired = false
    wasStopped = false
    isRunning = true
    rows?.set(0)
    deadline = limit > .zero ? ContinuousClock.now + limit : nil
  }

  package func stop() {
    deadline = nil
    isRunning = false
  }

  private var isOver: Bool {
    if interruption.isWanted { return true }
    guard isRunning else { return false }
    countRows()
    if isAskedToStop?() == true {
      wasStopped = true
      return true
    }
    guard let deadline, ContinuousClock.now > deadline else { return false }
    hasExpired = true
    return true
  }

  /// https://sqlite.org/c3ref/c_stmtstatus_counter.html#sqlitestmtstatusfullscanstep
  private func countRows() {
    guard let rows else { return }
    var count = 0
    var statement = sqlite3_next_stmt(database, nil)
    while let running = statement {
      if sqlite3_stmt_busy(running) != 0 {
        count += Int(UInt32(bitPattern: sqlite3_stmt_status(running, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0)))
      }
      statement = sqlite3_next_stmt(database, running)
    }
    rows.set(count)
  }
}

/// The number of rows that a running statement has read in scans of whole tables.
package final class SQLiteScannedRows: Sendable {
  private let value = Atomic(0)

  package var count: Int { value.load(ordering: .relaxed) }
  func set(_ count: Int) { value.store(count, ordering: .relaxed) }
}
