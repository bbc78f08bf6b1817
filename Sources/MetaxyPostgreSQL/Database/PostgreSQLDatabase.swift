package import MetaxyErrors
package import MetaxyPostgreSQLDriver
package import MetaxyRuntime

/// A database on a PostgreSQL server, not yet connected to.
package struct PostgreSQLDatabase: Sendable {
  var endpoint: PostgreSQLEndpoint
  let scratchPlace: PostgreSQLScratch
  /// Whether tables that exist are changed in ways that let others read and write meanwhile.
  let isOnline: Bool

  /// - Parameters:
  ///   - shownName: the database as it is shown to people, without a password.
  ///   - owner: the role that shall own what is created; nil for the one that connects.
  ///   - scratch: where definitions are tried out.
  ///   - isOnline: whether tables that exist are changed in ways that let others read and write meanwhile.
  ///   - interruption: what can stop its connections; nil when nothing can.
  ///   - notice: is told what the server says beside its answers.
  package init(
    connectionString: String, displayName: String, owner: String? = nil, scratch: PostgreSQLScratch = .beside,
    isOnline: Bool = true,
    timeouts: PostgreSQLTimeouts = PostgreSQLTimeouts(), interruption: Interruption? = nil,
    notice: (@Sendable (PostgreSQLNotice) -> Void)? = nil
  ) {
    endpoint = PostgreSQLEndpoint(
      connectionString: connectionString, displayName: displayName, owner: owner, timeouts: timeouts,
      interruption: interruption, notice: notice)
    scratchPlace = scratch
    self.isOnline = isOnline
  }

  package var displayName: String { endpoint.displayName }

  /// True: only connecting can tell.
  package var exists: Bool { true }

  /// Connects to look: transactions are read-only. One that creates a temporary table says so with
  /// `SET TRANSACTION READ WRITE` as its first statement.
  package func openForReading() throws(MetaxyError) -> any Connection {
    try PostgreSQLMigrationConnection(to: endpoint, mode: .reading)
  }

  package func openForWriting() throws(MetaxyError) -> any Connection {
    try PostgreSQLMigrationConnection(to: endpoint, mode: .writing)
  }

  /// Does nothing: PostgreSQL alters tables in place, and what it needs for it lies on the server's disks.
  package func requireSpaceForCopy(_ purpose: String) throws(MetaxyError) {}

  /// - Throws: `cannot_back_up`, always, with the program that can.
  package func backUp(_ connection: any Connection, suffix: String) throws(MetaxyError) -> String {
    throw .cannotBackUp(displayName)
  }
}

/// A database prints as its shown name, wherever it is printed.
extension PostgreSQLDatabase: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { displayName }
  package var debugDescription: String { displayName }
  package var customMirror: Mirror { Mirror(self, children: ["shownName": displayName]) }
}
