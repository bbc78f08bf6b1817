internal import CPostgreSQL
package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames

/// A connection to a PostgreSQL server.
package final class PostgreSQLConnection: SQLConnection {
  let libpq: LibPQ
  let handle: OpaquePointer
  package let displayName: String
  let interruption: Interruption?
  package let timeouts: PostgreSQLTimeouts
  /// The role that owns created objects; nil for the connecting role.
  private let owner: String?
  /// The text of the session's initial search path.
  private var searchPathText = ""
  /// The session's initial search path.
  package var searchPath: PostgreSQLSearchPath {
    PostgreSQLSearchPath(text: searchPathText, defaultSchema: defaultSchema)
  }
  /// Finds the sessions that block a statement; nil if this is not requested.
  package var observer: (any PostgreSQLWaitObserver)?
  /// The sessions that held the last unavailable lock, as far as they were observed.
  package internal(set) var blocking: [PostgreSQLSession] = []
  /// Whether an interruption arrived while a statement completed anyway; the next statement is then not started, unless the
  /// request is withdrawn before.
  var isAskedToStop: Bool {
    get { stopRequest != nil && stopRequest == interruption?.withdrawals }
    set { stopRequest = newValue ? interruption?.withdrawals : nil }
  }
  /// How many requests had been withdrawn when one arrived; nil if none did.
  private var stopRequest: Int?
  private let receiver: NoticeReceiver?
  private let settings: PostgreSQLSettings
  /// How many times something was sent to the server.
  package internal(set) var exchanges = 0
  /// The queries of the catalog that the session has run.
  var prepared = PreparedQueries()
  /// An object that lives as long as the connection, such as a temporary database.
  private var lifetime: AnyObject?

  /// The host of the server, one of those in the connection string.
  package let host: PostgreSQLHost
  /// The version of the server in libpq's format: 150018 is 15.18.
  package let serverVersion: Int
  /// The program that the server is.
  package private(set) var product = PostgreSQLProduct.postgreSQL
  /// The schema of unqualified names.
  package private(set) var defaultSchema = ""

  /// Connects, and sets the settings of the session independently of the role and the server.
  ///
  /// - Throws: `no_libpq`, `cannot_connect`, `no_database`, `server_too_old`, `read_only_server` for writing, `no_schema`;
  ///   none contains a password.
  ///
  /// - Parameters:
  ///   - lifetime: an object that lives as long as the connection.
  ///   - databaseName: a database other than that of the connection string.
  ///   - searchPath: the search path of another session, whose default schema is created if it is missing.
  package init(
    to endpoint: PostgreSQLEndpoint, mode: Mode, lifetime: AnyObject? = nil, databaseName: String? = nil,
    searchPath: PostgreSQLSearchPath? = nil
  ) throws(MetaxyError) {
    libpq = try LibPQ.loaded()
    self.lifetime = lifetime
    let connection = try ConnectionString(endpoint.connectionString, displayText: endpoint.displayName, libpq)
    let replaced = endpoint.parameters + (databaseName.map { [("dbname", $0)] } ?? [])
    let defaults = endpoint.defaults
    handle = try Self.connect(connection, defaults, replaced, libpq)
    let host = PostgreSQLHost(of: handle, libpq)
    self.host = host
    displayName = endpoint.displayName
    interruption = endpoint.interruption
    interruption?.begin()
    timeouts = endpoint.timeouts
    owner = endpoint.owner
    receiver = endpoint.notice.map { [libpq] in NoticeReceiver(libpq, receive: $0) }
    receiver?.attach(to: handle)
    let version = PostgreSQLVersion(number: Int(libpq.functions.pointee.PQserverVersion(handle)))
    serverVersion = version.number
    settings = PostgreSQLSettings(version: version, timeouts: endpoint.timeouts, mode: mode)
    try version.requireFloor(displayName)
    let pooler = PostgreSQLPooler(libpq: libpq)
    let sharesProcesses = try pooler.sharesProcesses(handle) { [libpq] () throws(MetaxyError) in
      try Self.connect(connection, defaults, replaced + host.parameters, libpq)
    }
    guard !sharesProcesses else { throw .poolerRefused(displayName) }
    product = try PostgreSQLProduct(of: self)
    if mode == .writing { try requirePrimary() }
    try product.naming(displayName, missing: "settings of a session that metaxy needs") { () throws(MetaxyError) in
      try settings.apply(to: self)
    }
    if let owner { try run("SET ROLE \(SQLText.identifier(owner))") }
    if let searchPath { try prepare(searchPath) }
    defaultSchema = try requiredSchema()
  }

  deinit {
    libpq.functions.pointee.PQfinish(handle)
    lifetime = nil  // only now: a temporary database can be dropped after the last connection to it
  }

  /// The modes of a session.
  package enum Mode {
    /// For reading: transactions are read-only unless they start with `SET TRANSACTION READ WRITE`.
    case reading
    case writing
  }

  @discardableResult
  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    try run(sql, parameters).changedRows
  }

  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try run(sql, parameters).rows
  }

  /// Drops the server's notices from now on.
  package func discardNotices() { receiver?.isSilent = true }

  package func beginTransaction() throws(MetaxyError) {
    // A statement must see the state at the time when it gets its locks, whatever the role's default is.
    // https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
    try execute("BEGIN ISOLATION LEVEL READ COMMITTED")
  }

  package func commitTransaction() throws(MetaxyError) { try execute("COMMIT") }

  package func rollbackTransaction() {
    let status = Int(libpq.functions.pointee.PQtransactionStatus(handle))
    guard status != METAXY_PQ_TRANSACTION_IDLE, status != METAXY_PQ_TRANSACTION_UNKNOWN else { return }
    // A failed rollback cannot be handled: the server rolls back when the connection ends.
    _ = try? run("ROLLBACK", isInterruptible: false)
  }

  /// Makes the search path of another session that of this one, and creates its default schema if it is missing.
  package func use(_ searchPath: PostgreSQLSearchPath) throws(MetaxyError) {
    try prepare(searchPath)
    defaultSchema = try requiredSchema()
  }

  private func prepare(_ searchPath: PostgreSQLSearchPath) throws(MetaxyError) {
    let schema = searchPath.defaultSchema
    // `IF NOT EXISTS` would cause a notice for an existing one.
    if try query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", [.text(schema)]).isEmpty {
      try run("CREATE SCHEMA \(SQLText.identifier(schema))")
    }
    // The default schema is the first one that exists in the other database, and need not be the first one here.
    let path = "\(SQLText.identifier(schema)), \(searchPath.text)"
    _ = try query("SELECT set_config('search_path', $1::text, false)", [.text(path)])
  }

  /// Restores the session's initial settings, which a statement of a revision may have changed.
  package func restoreSettings() throws(MetaxyError) {
    try settings.restore(searchPath: searchPathText, role: owner ?? "none", to: self)
  }

  /// - Throws: `read_only_server` on a standby, before anything is written.
  private func requirePrimary() throws(MetaxyError) {
    let row = try query("SELECT pg_catalog.pg_is_in_recovery()", []).first
    guard row?.first?.integer != 1 else { throw .standby(displayName) }
  }

  private func requiredSchema() throws(MetaxyError) -> String {
    let row = try query("SELECT current_schema(), current_setting('search_path')", []).first ?? []
    searchPathText = row.last?.text ?? ""
    guard let schema = row.first?.text else { throw .noSchema(searchPathText, displayName) }
    return schema
  }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool {
    let rows = try catalogQuery(
      """
      SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1::text AND c.relname = $2::text AND c.relkind IN ('r', 'p')
      """, [.text(name.schema ?? defaultSchema), .text(name.name)])
    return !rows.isEmpty
  }

  package var isInTransaction: Bool {
    Int(libpq.functions.pointee.PQtransactionStatus(handle)) != METAXY_PQ_TRANSACTION_IDLE
  }

  /// The process id of the connection's server process.
  package var process: Int64 { Int64(libpq.functions.pointee.PQbackendPID(handle)) }
}

/// Where a session looks for names without a schema.
package struct PostgreSQLSearchPath: Sendable, Hashable {
  /// The value of the setting `search_path`.
  package var text: String
  /// The first of its schemas that exists.
  package var defaultSchema: String
}

/// Finds the sessions that block a waiting statement.
package protocol PostgreSQLWaitObserver: AnyObject {
  /// The time until the first query for blocking sessions, and between two queries, in milliseconds.
  var interval: Int32 { get }
  /// The sessions that blocked the current statement at the last query.
  var blocking: [PostgreSQLSession] { get }
  func beginStatement()
  func look()
}
