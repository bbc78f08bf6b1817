internal import CPostgreSQL
package import MetaxyErrors
package import MetaxyRuntime
internal import MetaxySQL

/// A connection to a PostgreSQL server.
package final class PostgreSQLConnection: Connection {
  let libpq: LibPQ
  let handle: OpaquePointer
  let displayName: String
  let interruption: Interruption?
  let timeouts: PostgreSQLTimeouts
  /// The role that owns created objects; nil for the connecting role.
  private let owner: String?
  /// The session's initial search path.
  private var searchPath = ""
  /// Whether this session holds the run lock.
  var isUnderRunLock = false
  /// Finds the sessions that block a statement; nil if this is not requested.
  var observer: PostgreSQLObserver?
  /// The sessions that held the last unavailable lock, as far as they were observed.
  var blocking: [PostgreSQLSession] = []
  /// The checks of the current transaction's statements; nil before the first statement of a revision.
  var isolation: PostgreSQLIsolation?
  /// Whether an interruption arrived while a statement completed anyway; the next statement is then not started.
  var isAskedToStop = false
  private let receiver: NoticeReceiver?
  private let settings: PostgreSQLSettings
  /// The lease of the temporary database of this connection; nil for any other database.
  private var scratch: ScratchLease?
  /// Where this is in a scratch schema, the tables that other schemas held before; nil elsewhere.
  var tablesBesideScratch: Set<TableName>?

  /// The version of the server in libpq's format: 150018 is 15.18.
  package let serverVersion: Int
  /// The schema of unqualified names.
  package private(set) var defaultSchema = ""

  /// Connects, and sets the settings of the session independently of the role and the server.
  ///
  /// - Throws: `no_libpq`, `cannot_connect`, `no_database`, `server_too_old`, `no_schema`; none contains a password.
  ///
  /// - Parameters:
  ///   - scratch: the lease of the temporary database to connect to, if it is one.
  ///   - databaseName: a database other than that of the connection string.
  ///   - schema: a schema that is created if it is missing.
  init(
    to database: PostgreSQLDatabase, mode: Mode, scratch: ScratchLease? = nil, databaseName: String? = nil,
    schema: String? = nil
  ) throws(MetaxyError) {
    libpq = try LibPQ.loaded()
    self.scratch = scratch
    let connection = try ConnectionString(database.connectionString, displayText: database.displayName, libpq)
    handle = try Self.connect(connection, databaseName: databaseName, libpq)
    displayName = database.displayName
    interruption = database.interruption
    interruption?.begin()
    timeouts = database.timeouts
    owner = database.owner
    receiver = database.notice.map { [libpq] in NoticeReceiver(libpq, receive: $0) }
    receiver?.attach(to: handle)
    let version = PostgreSQLVersion(number: Int(libpq.functions.pointee.PQserverVersion(handle)))
    serverVersion = version.number
    settings = PostgreSQLSettings(version: version, timeouts: database.timeouts, mode: mode)
    try version.requireFloor(displayName)
    let pooler = PostgreSQLPooler(libpq: libpq)
    let sharesProcesses = try pooler.sharesProcesses(handle) { [libpq] () throws(MetaxyError) in
      try Self.connect(connection, databaseName: databaseName, libpq)
    }
    guard !sharesProcesses else { throw .poolerInTheWay(displayName) }
    try settings.apply(to: self)
    if let owner { try run("SET ROLE \(SQLText.identifier(owner))") }
    if let schema { try createIfMissing(schema: schema) }
    defaultSchema = try requiredSchema()
  }

  /// Creates a schema after checking that it is missing: `IF NOT EXISTS` would cause a notice for an existing one.
  private func createIfMissing(schema: String) throws(MetaxyError) {
    guard try query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", [.text(schema)]).isEmpty else {
      return
    }
    try run("CREATE SCHEMA \(SQLText.identifier(schema))")
  }

  deinit {
    libpq.functions.pointee.PQfinish(handle)
    scratch = nil  // drops the database, to which no session is connected any more
  }

  /// The modes of a session.
  enum Mode {
    /// For reading: transactions are read-only unless they start with `SET TRANSACTION READ WRITE`.
    case reading
    case writing
  }

  @discardableResult
  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    #if DEBUG
      KillSwitch.count()
    #endif
    return try run(sql, parameters).changedRows
  }

  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    try run(sql, parameters).rows
  }

  package func beginTransaction() throws(MetaxyError) {
    isolation = nil
    // A statement must see the state at the time when it gets its locks, whatever the role's default is.
    // https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
    try execute("BEGIN ISOLATION LEVEL READ COMMITTED")
    guard isUnderRunLock else { return }
    do {
      try requireRunLock()
    } catch {
      rollbackTransaction()
      throw error
    }
  }

  package func commitTransaction() throws(MetaxyError) { try execute("COMMIT") }

  package func rollbackTransaction() {
    let status = Int(libpq.functions.pointee.PQtransactionStatus(handle))
    guard status != METAXY_PQ_TRANSACTION_IDLE, status != METAXY_PQ_TRANSACTION_UNKNOWN else { return }
    // A failed rollback cannot be handled: the server rolls back when the connection ends.
    _ = try? run("ROLLBACK", isInterruptible: false)
  }

  /// Makes a schema the only one in the search path.
  func useSchema(_ name: String) throws(MetaxyError) {
    _ = try query("SELECT set_config('search_path', $1::text, false)", [.text(SQLText.identifier(name))])
    defaultSchema = try requiredSchema()
  }

  /// Restores the session's initial settings, which a statement of a revision may have changed.
  func restoreSettings() throws(MetaxyError) {
    try settings.restore(searchPath: searchPath, role: owner ?? "none", to: self)
  }

  private func requiredSchema() throws(MetaxyError) -> String {
    let row = try query("SELECT current_schema(), current_setting('search_path')", []).first ?? []
    searchPath = row.last?.text ?? ""
    guard let schema = row.first?.text else { throw .noSchema(searchPath, displayName) }
    return schema
  }
}
