package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures

/// A private SQLite database in memory for the rows of one store: all of its connections are the same.
///
/// Only the queue of the store uses it.
package final class SQLiteMemoryDatabase: RowDatabase, @unchecked Sendable {
  private var connection: SQLiteConnection?

  package init() {}

  package var displayName: String { ":memory:" }
  package var exists: Bool { true }
  package var isPrivate: Bool { true }

  package func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection { try shared() }

  package func openForDefinitions() throws(MetaxyError) -> (connection: any RowConnection, lock: any RunLock) {
    (try shared(), NoLock())
  }

  private func shared() throws(MetaxyError) -> SQLiteConnection {
    if let connection { return connection }
    let opened = try SQLiteConnection(
      path: ":memory:", mode: .memory, timeouts: SQLiteTimeouts(lock: 0, statement: 0),
      interruption: SQLiteInterruption())
    connection = opened
    return opened
  }

  package func typeName(of type: ColumnType) -> String { SQLiteTypes.name(of: type) }
  package func placeholder(_ position: Int) -> String { SQLiteConnection.placeholder(position) }

  /// The lock of a database that no other run can open.
  private final class NoLock: RunLock {
    func release() {}
  }
}
