package import MetaxyDatabase
internal import MetaxyPlatform

/// The address of a database on a PostgreSQL server, and the settings of its sessions.
package struct PostgreSQLEndpoint: Sendable {
  /// A URL or `keyword=value` text, passed to libpq as a whole; it may contain a password.
  package var connectionString: String
  /// The database for display, without a password.
  package var displayName: String
  /// The role that owns created objects; nil for the connecting role.
  package var owner: String?
  package var timeouts: PostgreSQLTimeouts
  /// Interrupts running statements; nil if they cannot be interrupted.
  package var interruption: Interruption?
  /// The one of several hosts to connect to; nil for the first that `target_session_attrs` accepts.
  package var host: PostgreSQLHost?
  /// Whether only a server that accepts writes counts, whatever `target_session_attrs` is.
  package var requiresPrimary = false
  /// How many seconds connecting to a host may take, where neither the connection string nor `PGCONNECT_TIMEOUT` limits it;
  /// nil for no limit.
  package var connectLimit: Int?
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

  /// The parameters that replace those of the connection string.
  var parameters: [(String, String)] {
    (host?.parameters ?? []) + (requiresPrimary ? [("target_session_attrs", "read-write")] : [])
  }

  /// The parameters that those of the connection string replace.
  var defaults: [(String, String)] {
    // https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-CONNECT-TIMEOUT
    guard let connectLimit, getenv("PGCONNECT_TIMEOUT") == nil else { return [] }
    return [("connect_timeout", String(connectLimit))]
  }

  /// The same database on the one of the hosts that accepts writes.
  package var onPrimary: PostgreSQLEndpoint {
    var endpoint = self
    endpoint.host = nil
    endpoint.requiresPrimary = true
    return endpoint
  }

  /// The same database on the host that `connection` reached: what a second session reads about the first, such as its locks,
  /// only its own server knows.
  package func onHost(of connection: PostgreSQLConnection) -> PostgreSQLEndpoint {
    var endpoint = self
    endpoint.host = connection.host
    return endpoint
  }
}

/// Printing an endpoint always prints its display name, never its password.
extension PostgreSQLEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { displayName }
  package var debugDescription: String { displayName }
  package var customMirror: Mirror { Mirror(self, children: ["displayName": displayName]) }
}
