internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPlatform
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime

/// A database that an administrator made for a role that cannot create one.
///
/// Everything in it happens in one transaction that is rolled back, so it is empty again for the next run. It must be
/// empty: that is how it is known not to be in use for anything else.
enum DedicatedScratch {
  /// How long a run waits for another one that uses the database, in milliseconds.
  private static let patience = 60_000

  /// - Parameter store: the store whose definitions are tried out; nil if there is none.
  static func session(
    on connection: PostgreSQLMigrationConnection, besides store: PostgreSQLMigrationConnection?
  ) throws(MetaxyError) -> PostgreSQLScratchSession {
    if let store, try identity(of: store) == identity(of: connection) {
      throw .scratchIsStore(store.displayName)
    }
    try connection.beginTransaction()
    try lock(connection)
    if let object = try connection.query(firstObject, []).first?.first?.text { throw .scratchNotEmpty(object) }
    if let store { try connection.session.use(store.session.searchPath) }
    return PostgreSQLScratchSession(connection, commitsTransactions: false)
  }

  /// The database and its server, as far as every role can see them.
  private static func identity(of connection: PostgreSQLMigrationConnection) throws(MetaxyError) -> [[SQLValue]] {
    try connection.query(
      "SELECT oid::bigint, pg_postmaster_start_time()::text FROM pg_database WHERE datname = current_database()", [])
  }

  private static func lock(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    var waited = 0
    while try connection.query("SELECT pg_try_advisory_xact_lock(\(ScratchLease.lockSpace), 0)", []).first?.first?
      .integer != 1
    {
      guard waited < patience else { throw .scratchBusy(seconds: patience / 1000) }
      usleep(50_000)
      waited += 50
    }
  }

  /// The first object of users: a schema, relation, type or function that belongs to no extension.
  private static let firstObject = """
    SELECT pg_describe_object(o.class, o.id, 0) FROM (
      SELECT 'pg_namespace'::regclass, oid, 1 FROM pg_namespace
      WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')
      UNION ALL SELECT 'pg_class'::regclass, oid, 2 FROM pg_class
      UNION ALL SELECT 'pg_type'::regclass, oid, 3 FROM pg_type WHERE typrelid = 0 AND typelem = 0
      UNION ALL SELECT 'pg_proc'::regclass, oid, 4 FROM pg_proc
    ) AS o (class, id, rank)
    WHERE o.id >= 16384 AND NOT EXISTS (
      SELECT FROM pg_depend AS d WHERE d.classid = o.class AND d.objid = o.id AND d.deptype IN ('e', 'i'))
      AND NOT EXISTS (SELECT FROM pg_class AS t WHERE t.oid = o.id AND t.relnamespace = 'pg_toast'::regnamespace)
    ORDER BY o.rank, o.id LIMIT 1
    """
}
