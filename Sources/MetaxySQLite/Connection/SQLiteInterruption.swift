internal import MetaxyRuntime
internal import Synchronization

/// The wish that what a SQLite connection does shall stop.
///
/// `sqlite3_interrupt` stops only what runs at that moment, and must not meet a connection that closes. This is looked at
/// by the connection itself, while it runs a statement. https://sqlite.org/c3ref/interrupt.html
package final class SQLiteInterruption: Interruptor {
  private let isRequested = Atomic(false)

  package init() {}

  package func request() { isRequested.store(true, ordering: .relaxed) }
  package func withdraw() { isRequested.store(false, ordering: .relaxed) }

  var isWanted: Bool { isRequested.load(ordering: .relaxed) }
}
