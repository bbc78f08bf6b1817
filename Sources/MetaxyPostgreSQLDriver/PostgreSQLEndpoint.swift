package import MetaxyDatabase

/// Where a database on a PostgreSQL server is, and how its sessions are.
package struct PostgreSQLEndpoint: Sendable {
  /// A URL or `keyword=value` text, passed to libpq as a whole; it may contain a password.
  package var connectionString: String
  /// The database for display, without a password.
  package var displayName: String
  /// The role that owns what is created; nil for the role that connects.
  package var owner: String?
  package var timeouts: PostgreSQLTimeouts
  /// What can stop the statements; nil if nothing can.
  package var interruption: Interruption?
  /// Receives the notices of the server.
  package var notice: (@Sendable (PostgreSQLNotice) -> Void)?

  package init(
    connectionString: String, displayName: String, owner: String? = nil,
    timeouts: PostgreSQLTimeouts = PostgreSQLTimeouts(), interruption: Interruption? = nil,
    notice: (@Sendable (PostgreSQLNotice) -> Void)? = nil
  ) {
    self.connectionString = connectionString
    self.displayName = displayName
    self.owner = owner
    self.timeouts = timeouts
    self.interruption = interruption
    self.notice = notice
  }
}

/// An endpoint prints as its display name, wherever it is printed.
extension PostgreSQLEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { displayName }
  package var debugDescription: String { displayName }
  package var customMirror: Mirror { Mirror(self, children: ["displayName": displayName]) }
}
