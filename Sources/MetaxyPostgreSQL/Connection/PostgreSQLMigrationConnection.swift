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
  /// What the current section adds, if it can do nothing else.
  var additions: PostgreSQLAdditions.Checked?
  /// The relations before the current section; nil before they are read.
  private var before: PostgreSQLRelationList?
  /// What the last section left, if the next one may be able to use it.
  private var kept: PostgreSQLKeptRelations?
  /// What the current section leaves if it is committed.
  private var pending: PostgreSQLKeptRelations?
  /// The relations that the transaction has locked, and how many exchanges with the server there had been when they were read.
  private var locked: (relations: PostgreSQLLockedRelations, exchanges: Int)?

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
    (isolation, additions, before, pending, locked) = (nil, nil, nil, nil, nil)
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
    kept = nil
    try session.commitTransaction()
    kept = pending
  }

  package func rollbackTransaction() {
    kept = nil
    session.rollbackTransaction()
  }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try session.hasTable(name) }

  /// - Throws: `run_lock_lost` if the server's process for this connection no longer holds the run lock.
  func requireRunLock() throws(MetaxyError) {
    let rows = try catalogQuery("SELECT 1 FROM (\(PostgreSQLRunLock.rows)) AS l WHERE l.pid = pg_backend_pid()")
    guard !rows.isEmpty else { throw .runLockLost(displayName) }
  }

  static func count() {
    #if DEBUG
      KillSwitch.count()
    #endif
  }
}

// What a section must know of the catalog.
extension PostgreSQLMigrationConnection {
  /// Returns the relations before the current section. Its first statement must not have run when this is called first.
  func relationsBefore() throws(MetaxyError) -> PostgreSQLRelationList {
    if let before { return before }
    if let kept { before = try PostgreSQLRelationList(kept, self) }
    if let before { return before }
    let list = try PostgreSQLRelationList(self)
    before = list
    return list
  }

  /// Returns the relations that the current transaction has locked. They are read once after each statement.
  func lockedRelations() throws(MetaxyError) -> PostgreSQLLockedRelations {
    if let locked, locked.exchanges == session.exchanges { return locked.relations }
    let relations = try PostgreSQLLockedRelations(self)
    locked = (relations, session.exchanges)
    return relations
  }

  /// Records that the exchanges since ``lockedRelations()`` have locked nothing.
  func keepLockedRelations() { locked?.exchanges = session.exchanges }

  /// Keeps what the current section leaves, for the next one of the same run.
  ///
  /// - Parameters:
  ///   - changed: the relations that it may have changed.
  ///   - refused: the states of those that the policy refuses.
  ///   - ownModes: the modes of the locks that the runner itself held.
  ///   - transaction: the number of the section's transaction.
  func keepRelations(
    _ changed: [Int64: PostgreSQLRelation?], _ locked: PostgreSQLLockedRelations,
    _ refused: [Int64: PostgreSQLRelation.State], _ ownModes: [Int64: String], after transaction: Int64
  ) {
    guard let before, before.canBeKept, before.next == transaction,
      !locked.all.values.contains(where: { $0.known?.kind == .compositeType })
    else { return }
    var known = before.relations
    for (number, lock) in locked.all { known[number] = lock.known }
    for case (let number, let relation?) in changed { known[number]?.relation = relation }
    pending = PostgreSQLKeptRelations(
      relations: known, refused: refused, ownModes: before.isWritten ? nil : ownModes, next: transaction + 1,
      touched: Set(locked.all.keys))
  }

  /// Keeps what the section before left past one that only adds, whose transaction is one more number.
  func keepRelations(after additions: PostgreSQLAdditions.Checked) throws(MetaxyError) {
    guard var kept else { return }
    kept.next += 1
    kept.touched.formUnion(additions.altered)
    for table in additions.created {
      let name = SQLText.identifier(table.qualified(defaultSchema))
      let row = try catalogQuery("SELECT pg_catalog.to_regclass($1::text)::oid::bigint", [.text(name)]).first
      if let number = row?.first?.integer { kept.touched.insert(number) }
    }
    pending = kept
  }
}
