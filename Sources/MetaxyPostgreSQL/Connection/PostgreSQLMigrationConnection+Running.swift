internal import CPostgreSQL
package import MetaxyErrors
package import MetaxyNames
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// How the statements of a revision run: beside others, and away from what is none of their business.
extension PostgreSQLMigrationConnection {
  package func lockForWriting(_ table: TableName) throws(MetaxyError) {
    // Who writes to the table, as Alembic does, waits for this and is waited for; who reads it does not.
    // https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
    try execute("LOCK TABLE \(SQLText.quoted(table)) IN SHARE ROW EXCLUSIVE MODE", [])
  }

  package func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    guard session.isInTransaction else { return try executeAlone(sql, under: policy) }
    if isolation == nil { isolation = try PostgreSQLIsolation(self, policy) }
    let changedRows = try execute(sql, [])
    try isolation?.checkStatement()
    return changedRows
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
      // The error at hand says more than one of settings; the next section begins with the right ones in any case.
      try? session.restoreSettings()
      throw error
    }
  }

  package func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<String>
  ) throws(MetaxyError) -> TableChanges {
    // What stands outside transactions creates and drops no tables.
    guard let isolation else { return TableChanges() }
    // Deferred triggers may do anything, too. https://www.postgresql.org/docs/current/sql-set-constraints.html
    try execute("SET CONSTRAINTS ALL IMMEDIATE", [])
    let changes = try isolation.finish()
    try session.restoreSettings()
    return changes
  }

  package func lockConflict(behind error: MetaxyError) -> LockConflict? {
    let longestPause = Duration.milliseconds(session.timeouts.lock > 0 ? session.timeouts.lock : 5000)
    switch error.sqlState {
    case "55P03":  // lock_not_available
      let holders = session.blocking.map(\.description).joined(separator: " and ")
      return LockConflict(
        "a lock was not to be had in time" + (holders.isEmpty ? "" : ": \(holders) holds it"),
        hints: session.blocking.compactMap(\.remedy), longestPause: longestPause)
    case "40P01", "40001":  // deadlock_detected, serialization_failure
      return LockConflict("another transaction was in the way each time", hints: [], longestPause: longestPause)
    default: return nil
    }
  }

  /// Takes note that the run lock is held here: from now on every transaction makes sure of it, and what waits says for
  /// whom.
  func begin(underRunLockOf endpoint: PostgreSQLEndpoint) {
    isUnderRunLock = true
    session.observer = PostgreSQLObserver(endpoint, process: session.process) { text in
      endpoint.notice?(PostgreSQLNotice(severity: "NOTICE", message: text))
    }
  }
}
