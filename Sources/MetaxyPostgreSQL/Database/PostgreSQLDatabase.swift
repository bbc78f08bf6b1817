package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyPostgreSQLDriver
package import MetaxyRuntime

/// A database on a PostgreSQL server, not connected.
package struct PostgreSQLDatabase: Sendable {
  var endpoint: PostgreSQLEndpoint
  let scratchPlace: PostgreSQLScratch
  /// Whether existing tables are changed without locking out other sessions.
  let isOnline: Bool

  /// - Parameters:
  ///   - shownName: the database's name for display, without a password.
  ///   - owner: the role that owns created objects; nil for the connecting role.
  ///   - scratch: the place for temporary definitions.
  ///   - isOnline: whether existing tables are changed without locking out other sessions.
  ///   - interruption: the source of interruptions of its connections; nil if there is none.
  ///   - connectLimit: how many seconds connecting may take, where nothing else limits it; nil for no limit.
  ///   - notice: called with the server's notices.
  package init(
    connectionString: String, displayName: String, owner: String? = nil, scratch: PostgreSQLScratch = .beside,
    isOnline: Bool = true,
    timeouts: PostgreSQLTimeouts = PostgreSQLTimeouts(), interruption: Interruption? = nil,
    connectLimit: Int? = nil, notice: (@Sendable (PostgreSQLNotice) -> Void)? = nil
  ) {
    endpoint = PostgreSQLEndpoint(
      connectionString: connectionString, displayName: displayName, owner: owner, timeouts: timeouts,
      interruption: interruption, notice: notice)
    endpoint.connectLimit = connectLimit
    scratchPlace = scratch
    self.isOnline = isOnline
  }

  package var displayName: String { endpoint.displayName }

  /// True: only connecting shows whether the database exists.
  package var exists: Bool { true }

  /// Connects for reading: transactions are read-only. A transaction that creates a temporary table starts with
  /// `SET TRANSACTION READ WRITE`.
  package func openForReading() throws(MetaxyError) -> any Connection {
    try PostgreSQLMigrationConnection(to: endpoint, mode: .reading)
  }

  package func openForWriting() throws(MetaxyError) -> any Connection {
    try PostgreSQLMigrationConnection(to: endpoint, mode: .writing)
  }

  /// Does nothing: PostgreSQL alters tables in place, and the required space is on the server's disks.
  package func requireSpaceForCopy(_ purpose: String) throws(MetaxyError) {}

  /// - Throws: `cannot_back_up`, always, with the program to use instead.
  package func backUp(_ connection: any Connection, suffix: String) throws(MetaxyError) -> String {
    throw .cannotBackUp(displayName)
  }
}

/// Printing a database always prints its display name, never its password.
extension PostgreSQLDatabase: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { displayName }
  package var debugDescription: String { displayName }
  package var customMirror: Mirror { Mirror(self, children: ["shownName": displayName]) }
}
