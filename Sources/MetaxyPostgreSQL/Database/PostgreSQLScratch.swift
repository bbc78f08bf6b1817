internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
internal import MetaxySQL

/// The place for temporary definitions: a database that is removed with its connection.
package enum PostgreSQLScratch: Sendable {
  /// The store's own server: a temporary database, or a schema in a transaction that is rolled back if the role cannot
  /// create databases.
  case beside
  /// A temporary database on the server of a URL.
  case server(String)
  /// No scratch database, with the reason.
  case unavailable(MetaxyError)
}

extension PostgreSQLDatabase {
  package func scratch() throws(MetaxyError) -> any Connection {
    switch scratchPlace {
    case .beside: return try scratch(beside: self)
    case .server(let url):
      var server = self
      server.endpoint.connectionString = url
      server.endpoint.displayName = "scratch_url"
      server.endpoint.owner = nil
      return try scratch(beside: server)
    case .unavailable(let reason): throw reason
    }
  }

  private func scratch(beside server: PostgreSQLDatabase) throws(MetaxyError) -> any Connection {
    let keeper = try PostgreSQLMigrationConnection(to: server.endpoint, mode: .writing)
    guard try keeper.mayCreateDatabases else { return try ScratchSchema.begin(on: keeper) }
    let lease = try ScratchLease(keeper)
    return try lease.connect(to: server)
  }
}

/// A temporary database that exists as long as this value.
///
/// Its name contains the name of its source database. While it is in use, the connection that created it holds a lock
/// on that name. So the database of a killed run can be recognised by its name and by a lock that is free.
final class ScratchLease {
  private static let prefix = "metaxy_scratch_"

  private let keeper: PostgreSQLMigrationConnection
  private let name: String

  init(_ keeper: PostgreSQLMigrationConnection) throws(MetaxyError) {
    self.keeper = keeper
    let own =
      try keeper.query("SELECT oid, pg_backend_pid() FROM pg_database WHERE datname = current_database()", [])
      .first?.compactMap(\.integer) ?? []
    let family = Self.prefix + own.prefix(1).map { "\($0)_" }.joined()
    try Self.removeLeftovers(of: family, keeper)
    name = family + own.dropFirst().map(String.init).joined() + "_" + String(UInt32.random(in: 0 ... .max), radix: 16)
    guard try Self.lock(name, keeper) else { throw .scratchTaken(name) }
    try keeper.execute(try Self.creation(of: name, keeper), [])
  }

  deinit {
    // If the drop fails, the next run recognises the database by its name and drops it.
    _ = try? keeper.session.executeUninterrupted("DROP DATABASE IF EXISTS \(SQLText.identifier(name))")
  }

  func connect(to server: PostgreSQLDatabase) throws(MetaxyError) -> PostgreSQLMigrationConnection {
    try PostgreSQLMigrationConnection(
      to: server.endpoint, mode: .writing, lifetime: self, databaseName: name, schema: keeper.defaultSchema)
  }

  /// Returns the statement that creates the database with the store's collation, on which an index's order and a
  /// check's result depend.
  private static func creation(of name: String, _ keeper: PostgreSQLMigrationConnection) throws(MetaxyError) -> String {
    let row =
      try keeper.query(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()",
        []
      ).first?.compactMap(\.text) ?? []
    let settings = zip(["ENCODING", "LC_COLLATE", "LC_CTYPE"], row).map {
      "\($0) \(SQLText.literal($1))"
    }
    return "CREATE DATABASE \(SQLText.identifier(name)) TEMPLATE template0 \(settings.joined(separator: " "))"
  }

  private static func removeLeftovers(of family: String, _ keeper: PostgreSQLMigrationConnection) throws(MetaxyError) {
    let rows = try keeper.query(
      """
      SELECT datname FROM pg_database
      WHERE starts_with(datname, $1::text) AND pg_has_role(datdba, 'MEMBER')
        AND NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.datid = pg_database.oid)
      """, [.text(family)])
    for name in rows.compactMap({ $0.first?.text }) where try lock(name, keeper) {
      try keeper.execute("DROP DATABASE IF EXISTS \(SQLText.identifier(name))", [])
      _ = try keeper.query("SELECT pg_advisory_unlock(\(lockSpace), hashtext($1::text))", [.text(name)])
    }
  }

  private static func lock(_ name: String, _ keeper: PostgreSQLMigrationConnection) throws(MetaxyError) -> Bool {
    let rows = try keeper.query("SELECT pg_try_advisory_lock(\(lockSpace), hashtext($1::text))", [.text(name)])
    return rows.first?.first?.integer == 1
  }

  /// Separates these locks from those of other programs: `mtxs` in ASCII.
  private static let lockSpace = 0x6D74_7873
}

/// A temporary schema in a transaction that is always rolled back, so that nothing remains of it.
enum ScratchSchema {
  private static let name = "metaxy_scratch"

  static func begin(on connection: PostgreSQLMigrationConnection) throws(MetaxyError) -> PostgreSQLMigrationConnection {
    try connection.beginTransaction()
    do {
      let others = try connection.tableNames(besides: name)
      try connection.execute("CREATE SCHEMA \(name)", [])
      try connection.session.useSchema(name)
      connection.tablesBesideScratch = others
      return connection
    } catch {
      throw .noScratch(connection.displayName, cause: error)
    }
  }
}

extension PostgreSQLMigrationConnection {
  /// Requires that only the scratch schema has new tables: those in other schemas could not be distinguished from
  /// existing ones.
  ///
  /// - Throws: `no_scratch` if this is a scratch schema and other schemas have new tables.
  func requireOnlyScratch() throws(MetaxyError) {
    guard let tablesBesideScratch else { return }
    let added = try tableNames(besides: defaultSchema).subtracting(tablesBesideScratch)
    guard added.isEmpty else { throw .scratchLeft(added.sorted(), displayName) }
  }

  fileprivate func tableNames(besides schema: String) throws(MetaxyError) -> Set<TableName> {
    let rows = try query("SELECT schemaname, tablename FROM pg_tables WHERE schemaname <> $1::text", [.text(schema)])
    return Set(rows.compactMap { row in row[1].text.map { TableName($0, schema: row[0].text) } })
  }

  fileprivate var mayCreateDatabases: Bool {
    get throws(MetaxyError) {
      try query("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user", []).first?.first?.integer
        == 1
    }
  }
}
