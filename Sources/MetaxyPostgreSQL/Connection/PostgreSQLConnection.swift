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
  /// The role that shall own what is created; nil for the one that connects.
  private let owner: String?
  /// The schemas in which names without one are looked for, as the session began.
  private var searchPath = ""
  /// Whether the run lock is held by this session.
  var isUnderRunLock = false
  /// What finds out for whom a statement waits; nil where nobody asks.
  var observer: PostgreSQLObserver?
  /// Who had the lock that was not to be had last, as far as it was seen.
  var blocking: [PostgreSQLSession] = []
  /// What the statements of the transaction at hand are held against; nil before the first one of a revision.
  var isolation: PostgreSQLIsolation?
  /// Whether a wish to stop came while a statement ran that was done all the same; the next one is not begun then.
  var isAskedToStop = false
  private let receiver: NoticeReceiver?
  private let settings: PostgreSQLSettings
  /// What keeps the temporary database that this is a connection to; nil where it is none.
  private var scratch: ScratchLease?
  /// Where this is in a scratch schema, the tables that other schemas held before; nil elsewhere.
  var tablesBesideScratch: Set<TableName>?

  /// The version of the server, as libpq counts: 150018 is 15.18.
  package let serverVersion: Int
  /// The schema of the names that are written without one.
  package private(set) var defaultSchema = ""

  /// Connects, and gives the session settings that depend neither on the role nor on the server.
  ///
  /// - Throws: `no_libpq`, `cannot_connect`, `no_database`, `server_too_old`, `no_schema`; none shows a password.
  ///
  /// - Parameters:
  ///   - scratch: the lease of a temporary database, where this is a connection to one.
  ///   - databaseName: a database other than the one that the connection string names.
  ///   - schema: a schema that is created where it is missing.
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

  /// Looks first: `IF NOT EXISTS` would make the server tell the user of a schema that is there.
  private func createIfMissing(schema: String) throws(MetaxyError) {
    guard try query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", [.text(schema)]).isEmpty else {
      return
    }
    try run("CREATE SCHEMA \(SQLText.identifier(schema))")
  }

  deinit {
    libpq.functions.pointee.PQfinish(handle)
    scratch = nil  // which drops the database, now that nobody is connected to it
  }

  /// How a session begins.
  enum Mode {
    /// Only to look: its transactions are read-only, unless one is begun otherwise.
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
    // What a statement sees must be what is there once it has its locks, whatever the role's default is.
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
    // Nothing can be done about a rollback that fails: the server rolls back when the connection ends.
    _ = try? run("ROLLBACK", isInterruptible: false)
  }

  /// Makes a schema the only one in which names without one are looked for.
  func useSchema(_ name: String) throws(MetaxyError) {
    _ = try query("SELECT set_config('search_path', $1::text, false)", [.text(SQLText.identifier(name))])
    defaultSchema = try requiredSchema()
  }

  /// Gives the session the settings again that it began with: a statement of a revision may have changed them.
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
