package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime

/// A connection to a PostgreSQL server for migrations.
package final class PostgreSQLMigrationConnection: Connection {
  let session: PostgreSQLConnection
  /// Whether this session holds the run lock.
  var isUnderRunLock = false
  /// Checks the statements of the current transaction; nil before the first statement of a revision.
  var isolation: PostgreSQLIsolation?

  package internal(set) var statementProgress: (any StatementProgress)?

  init(_ session: PostgreSQLConnection) { self.session = session }

  convenience init(
    to endpoint: PostgreSQLEndpoint, mode: PostgreSQLConnection.Mode, lifetime: AnyObject? = nil,
    databaseName: String? = nil, searchPath: PostgreSQLSearchPath? = nil
  ) throws(MetaxyError) {
    self.init(
      try PostgreSQLConnection(
        to: endpoint, mode: mode, lifetime: lifetime, databaseName: databaseName, searchPath: searchPath))
  }

  package var displayName: String { session.displayName }
  /// The version of the server in libpq's format: 150018 is 15.18.
  package var serverVersion: Int { session.serverVersion }
  package var defaultSchema: String { session.defaultSchema }

  @discardableResult
  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    Self.count()
    return try session.execute(sql, parameters)
  }

  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try session.query(sql, parameters)
  }

  /// Runs a query of the catalog, whose plan the server keeps.
  func catalogQuery(_ sql: String, _ parameters: [SQLValue] = []) throws(MetaxyError) -> [[SQLValue]] {
    try session.catalogQuery(sql, parameters)
  }

  package func beginTransaction() throws(MetaxyError) {
    isolation = nil
    Self.count()
    try session.beginTransaction()
    guard isUnderRunLock else { return }
    do {
      try requireRunLock()
    } catch {
      rollbackTransaction()
      throw error
    }
  }

  package func commitTransaction() throws(MetaxyError) {
    Self.count()
    try session.commitTransaction()
  }

  package func rollbackTransaction() { session.rollbackTransaction() }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try session.hasTable(name) }

  /// - Throws: `run_lock_lost` if the server's process for this connection no longer holds the run lock.
  func requireRunLock() throws(MetaxyError) {
    let rows = try catalogQuery("SELECT 1 FROM (\(PostgreSQLRunLock.rows)) AS l WHERE l.pid = pg_backend_pid()")
    guard !rows.isEmpty else { throw .runLockLost(displayName) }
  }

  private static func count() {
    #if DEBUG
      KillSwitch.count()
    #endif
  }
}
