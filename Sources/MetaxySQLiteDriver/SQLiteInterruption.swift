internal import MetaxyDatabase
internal import Synchronization

/// A request to stop the running statement of a SQLite connection.
///
/// `sqlite3_interrupt` only stops statements that run at that moment, and must not be called while the connection
/// closes. The connection instead checks this flag while it runs a statement. https://sqlite.org/c3ref/interrupt.html
package final class SQLiteInterruption: Interruptor {
  private let isRequested = Atomic(false)

  package init() {}

  package func request() { isRequested.store(true, ordering: .relaxed) }
  package func withdraw() { isRequested.store(false, ordering: .relaxed) }

  var isWanted: Bool { isRequested.load(ordering: .relaxed) }
}
