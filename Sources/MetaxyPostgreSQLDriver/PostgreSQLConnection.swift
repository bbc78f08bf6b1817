internal import CPostgreSQL
package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
internal import MetaxyRuntime

/// A connection to a PostgreSQL server.
package final class PostgreSQLConnection: SQLConnection {
  let libpq: LibPQ
  let handle: OpaquePointer
  package let displayName: String
  let interruption: Interruption?
  package let timeouts: PostgreSQLTimeouts
  /// The role that shall own what is created; nil for the one that connects.
  private let owner: String?
  /// The schemas in which names without one are looked for, as the session began.
  private var searchPath = ""
  /// What finds out for whom a statement waits; nil where nobody asks.
  package var observer: (any PostgreSQLWaitObserver)?
  /// Who had the lock that was not to be had last, as far as it was seen.
  package internal(set) var blocking: [PostgreSQLSession] = []
  /// Whether a wish to stop came while a statement ran that was done all the same; the next one is not begun then.
  var isAskedToStop = false
  private let receiver: NoticeReceiver?
  private let settings: PostgreSQLSettings
  /// What must exist as long as the connection does, such as a temporary database.
  private var lifetime: AnyObject?

  /// The version of the server, as libpq counts: 150018 is 15.18.
  package let serverVersion: Int
  /// The schema of the names that are written without one.
  package private(set) var defaultSchema = ""

  /// Connects, and gives the session settings that depend neither on the role nor on the server.
  ///
  /// - Throws: `no_libpq`, `cannot_connect`, `no_database`, `server_too_old`, `no_schema`; none shows a password.
  ///
  /// - Parameters:
  ///   - lifetime: what must exist as long as the connection does.
  ///   - databaseName: a database other than the one that the connection string names.
  ///   - schema: a schema that is created where it is missing.
  package init(
    to endpoint: PostgreSQLEndpoint, mode: Mode, lifetime: AnyObject? = nil, databaseName: String? = nil,
    schema: String? = nil
  ) throws(MetaxyError) {
    libpq = try LibPQ.loaded()
    self.lifetime = lifetime
    let connection = try ConnectionString(endpoint.connectionString, displayText: endpoint.displayName, libpq)
    handle = try Self.connect(connection, databaseName: databaseName, libpq)
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
      try Self.connect(connection, databaseName: databaseName, libpq)
    }
    guard !sharesProcesses else { throw .poolerInTheWay(displayName) }
    try settings.apply(to: self)
    if let owner { try run("SET ROLE \(SQLText.quoted(owner))") }
    if let schema { try createIfMissing(schema: schema) }
    defaultSchema = try requiredSchema()
  }

  /// Looks first: `IF NOT EXISTS` would make the server tell the user of a schema that is there.
  private func createIfMissing(schema: String) throws(MetaxyError) {
    guard try query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", [.text(schema)]).isEmpty else {
      return
    }
    try run("CREATE SCHEMA \(SQLText.quoted(schema))")
  }

  deinit {
    libpq.functions.pointee.PQfinish(handle)
    lifetime = nil  // only now: a temporary database can be dropped after the last connection to it
  }

  /// How a session begins.
  package enum Mode {
    /// Only to look: its transactions are read-only, unless one is begun otherwise.
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

  package func beginTransaction() throws(MetaxyError) {
    // A statement must see what exists once it has its locks, whatever the role's default is.
    // https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
    try execute("BEGIN ISOLATION LEVEL READ COMMITTED")
  }

  package func commitTransaction() throws(MetaxyError) { try execute("COMMIT") }

  package func rollbackTransaction() {
    let status = Int(libpq.functions.pointee.PQtransactionStatus(handle))
    guard status != METAXY_PQ_TRANSACTION_IDLE, status != METAXY_PQ_TRANSACTION_UNKNOWN else { return }
    // Nothing can be done about a rollback that fails: the server rolls back when the connection ends.
    _ = try? run("ROLLBACK", isInterruptible: false)
  }

  /// Makes a schema the only one in which names without one are looked for.
  package func useSchema(_ name: String) throws(MetaxyError) {
    _ = try query("SELECT set_config('search_path', $1::text, false)", [.text(SQLText.quoted(name))])
    defaultSchema = try requiredSchema()
  }

  /// Gives the session the settings again that it began with: a statement of a revision may have changed them.
  package func restoreSettings() throws(MetaxyError) {
    try settings.restore(searchPath: searchPath, role: owner ?? "none", to: self)
  }

  private func requiredSchema() throws(MetaxyError) -> String {
    let row = try query("SELECT current_schema(), current_setting('search_path')", []).first ?? []
    searchPath = row.last?.text ?? ""
    guard let schema = row.first?.text else { throw .noSchema(searchPath, displayName) }
    return schema
  }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool {
    let rows = try query(
      """
      SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1::text AND c.relname = $2::text AND c.relkind IN ('r', 'p')
      """, [.text(name.schema ?? defaultSchema), .text(name.name)])
    return !rows.isEmpty
  }

  package var isInTransaction: Bool {
    Int(libpq.functions.pointee.PQtransactionStatus(handle)) != METAXY_PQ_TRANSACTION_IDLE
  }

  /// The number of the server's process that works for the connection.
  package var process: Int64 { Int64(libpq.functions.pointee.PQbackendPID(handle)) }
}

/// Finds out for whom a statement waits.
package protocol PostgreSQLWaitObserver: AnyObject {
  /// How long a statement runs before the observer looks, and then again, in milliseconds.
  var interval: Int32 { get }
  /// The sessions that blocked the current statement when the observer looked last.
  var blocking: [PostgreSQLSession] { get }
  func beginStatement()
  func look()
}
