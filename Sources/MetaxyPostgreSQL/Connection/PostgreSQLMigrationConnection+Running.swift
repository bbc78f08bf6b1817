internal import CPostgreSQL
package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
package import MetaxySQL

// Runs the statements of a revision, and isolates them from tables that it must not access.
extension PostgreSQLMigrationConnection {
  package func lockForWriting(_ table: TableName) throws(MetaxyError) {
    for statement in PostgreSQLScriptSQL().lock(table) { try execute(statement, []) }
  }

  package func readOnlyQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]] {
    guard session.isInTransaction else {
      try session.beginTransaction()
      defer { session.rollbackTransaction() }
      try session.execute("SET TRANSACTION READ ONLY")
      return try session.query(sql)
    }
    // A part of a transaction can be read-only; going back to its savepoint ends that.
    // https://www.postgresql.org/docs/current/sql-set-transaction.html
    let savepoint = try PostgreSQLSavepoint(self)
    do {
      try session.execute("SET TRANSACTION READ ONLY")
      let rows = try session.query(sql)
      try savepoint.rollBack()
      try savepoint.release()
      return rows
    } catch {
      // The error of the query counts; it must not end the transaction for other queries.
      try? savepoint.rollBack()
      try? savepoint.release()
      throw error
    }
  }

  package func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    guard session.isInTransaction else { return try executeAlone(sql, under: policy) }
    if additions != nil { return try execute(sql, []) }
    if isolation == nil { isolation = try PostgreSQLIsolation(self, policy) }
    let changedRows = try executeForgettingPlans(sql)
    try isolation?.checkStatement()
    return changedRows
  }

  /// Runs a statement of a revision, which may end the plans of the session, by itself or in a block of code.
  private func executeForgettingPlans(_ sql: String) throws(MetaxyError) -> Int {
    let text = sql.folded
    defer { if text.contains("deallocate") || text.contains("discard") { session.forgetPlans() } }
    return try execute(sql, [])
  }

  private func executeAlone(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    let statement = try NonTransactionalStatement(sql)
    try statement.require(policy, self)
    guard statement.isConcurrent else { return try execute(sql, []) }
    _ = try query("SELECT set_config('lock_timeout', '0', false)", [])
    do {
      let changedRows = try execute(sql, [])
      try session.restoreSettings()
      return changedRows
    } catch {
      // The current error is more useful than an error of restoring the settings, which the next section restores anyway.
      try? session.restoreSettings()
      throw error
    }
  }

  package func lossMeter(for statements: [[SQLToken]]) throws(MetaxyError) -> any LossMeter {
    additions == nil ? try PostgreSQLLossMeter(self) : PostgreSQLAdditionMeter()
  }

  package func repeatedQuery(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try catalogQuery(sql) }

  @discardableResult
  package func executeRepeated(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    Self.count()
    return try session.executeRepeated(sql, parameters)
  }

  package func tablesBefore(
    _ statements: [[SQLToken]], under policy: AccessPolicy
  ) throws(MetaxyError) -> Set<TableName> {
    additions = try PostgreSQLAdditions(statements)?.checked(under: policy, self)
    return []
  }

  package func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<TableName>
  ) throws(MetaxyError) -> TableChanges {
    if let additions {
      try keepRelations(after: additions)
      return TableChanges(created: additions.created)
    }
    // Statements outside transactions create and drop no tables.
    guard let isolation else { return TableChanges() }
    var locked = try lockedRelations()
    // Deferred triggers can have any effect. https://www.postgresql.org/docs/current/sql-set-constraints.html
    if locked.all.values.contains(where: \.writesRows) {
      try execute("SET CONSTRAINTS ALL IMMEDIATE", [])
      locked = try lockedRelations()
    }
    let changes = try isolation.finish()
    // What is temporary ends with its section: tables, but also views, types, functions and sequences.
    // https://www.postgresql.org/docs/current/sql-discard.html
    if locked.hasTemporarySchema { try session.execute("DISCARD TEMPORARY") }
    try session.restoreSettings()
    // Settings and the queries of the catalog lock nothing. Dropping what is temporary can run an event trigger.
    if !locked.hasTemporarySchema { keepLockedRelations() }
    return changes
  }

  package func lockConflict(behind error: MetaxyError) -> LockConflict? {
    let longestPause = Duration.milliseconds(session.timeouts.lock > 0 ? session.timeouts.lock : 5000)
    switch error.sqlState {
    case "55P03":  // lock_not_available
      let holders = session.blocking.map(\.description).joined(separator: " and ")
      return LockConflict(
        "could not acquire a lock in time" + (holders.isEmpty ? "" : ": \(holders) holds it"),
        hints: session.blocking.compactMap(\.remedy), longestPause: longestPause)
    case "40P01", "40001":  // deadlock_detected, serialization_failure
      return LockConflict("another transaction conflicted each time", hints: [], longestPause: longestPause)
    default: return nil
    }
  }

  /// Records that this connection holds the run lock. Every later transaction checks the lock, and a waiting statement reports
  /// the sessions that block it.
  func begin(underRunLockOf endpoint: PostgreSQLEndpoint) {
    isUnderRunLock = true
    statementProgress = PostgreSQLStatementProgress(endpoint.onHost(of: session), process: session.process)
    session.observer = PostgreSQLObserver(endpoint.onHost(of: session), process: session.process) { text in
      endpoint.notice?(PostgreSQLNotice(severity: "NOTICE", message: text))
    }
  }
}
