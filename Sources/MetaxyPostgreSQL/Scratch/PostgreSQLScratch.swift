internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
package import MetaxySQL

/// The place for temporary definitions. It is never the database of a store.
package enum PostgreSQLScratch: Sendable {
  /// A temporary database on the store's own server.
  case beside
  /// A temporary database on the server of a URL; the database at the URL itself if the role cannot create one.
  case server(String)
  /// No scratch database, with the reason.
  case unavailable(MetaxyError)
}

extension PostgreSQLDatabase {
  package func scratchDecision(on statement: ScannedStatement) -> ScratchDecision {
    PostgreSQLScratchRules(statement: statement).decision
  }

  package func scratch() throws(MetaxyError) -> any ScratchSession {
    switch scratchPlace {
    case .beside:
      let keeper = try keeperBeside()
      guard try keeper.mayCreateDatabases else { throw .noScratchBeside(displayName, role: try keeper.role) }
      return try temporaryDatabase(keeper, as: keeper.connection)
    case .server(let url):
      var server = endpoint
      server.connectionString = url
      server.displayName = "scratch_url"
      server.owner = nil
      let keeper = try ScratchKeeper(server)
      // Where definitions without a store are tried out, the URL stands for the store.
      let store =
        url == endpoint.connectionString
        ? nil : try PostgreSQLMigrationConnection(to: endpoint, mode: .reading)
      guard try keeper.mayCreateDatabases else {
        return try DedicatedScratch.session(on: keeper.connection, besides: store)
      }
      return try temporaryDatabase(keeper, as: store ?? keeper.connection)
    case .unavailable(let reason): throw reason
    }
  }

  private func keeperBeside() throws(MetaxyError) -> ScratchKeeper {
    do {
      return try ScratchKeeper(endpoint)
    } catch {
      guard error.code == .readOnlyServer else { throw error }
      // Without a primary among the hosts, the standby is the reason.
      guard let keeper = try? ScratchKeeper(endpoint.onPrimary) else { throw .noScratchOnStandby(displayName) }
      return keeper
    }
  }

  /// - Parameter store: a connection whose search path decides where names without a schema are.
  private func temporaryDatabase(
    _ keeper: ScratchKeeper, as store: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> any ScratchSession {
    let connection = try ScratchLease(keeper.connection).connect(
      to: keeper.endpoint.onHost(of: keeper.connection.session), store.session.searchPath)
    return PostgreSQLScratchSession(connection)
  }
}

/// The connection that creates a temporary database: as the owner of the store's objects if it may, else as the role
/// that connects.
private struct ScratchKeeper {
  let endpoint: PostgreSQLEndpoint
  let connection: PostgreSQLMigrationConnection

  init(_ endpoint: PostgreSQLEndpoint) throws(MetaxyError) {
    let connection = try PostgreSQLMigrationConnection(to: endpoint, mode: .writing)
    guard endpoint.owner != nil, try !connection.mayCreateDatabases else {
      (self.endpoint, self.connection) = (endpoint, connection)
      return
    }
    var connecting = endpoint
    connecting.owner = nil
    self.endpoint = connecting
    self.connection = try PostgreSQLMigrationConnection(to: connecting, mode: .writing)
  }

  var mayCreateDatabases: Bool {
    get throws(MetaxyError) { try connection.mayCreateDatabases }
  }

  var role: String {
    get throws(MetaxyError) { try connection.query("SELECT current_user", []).first?.first?.text ?? "" }
  }
}

extension PostgreSQLMigrationConnection {
  fileprivate var mayCreateDatabases: Bool {
    get throws(MetaxyError) {
      try query("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user", []).first?.first?.integer
        == 1
    }
  }
}
