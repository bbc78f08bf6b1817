internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// Detects changes of a transaction to tables that it must not touch, by the locks that its statements hold.
///
/// Only the locks of the session are checked, so other programs may write to these tables. The row counts of
/// `pg_stat_xact_user_tables` are not suitable: they continue from earlier transactions, include rolled back changes, and
/// can be turned off.
final class PostgreSQLIsolation {
  /// The connection that owns this; unowned, to avoid a reference cycle.
  private unowned let connection: PostgreSQLMigrationConnection
  private let policy: AccessPolicy
  /// All relations before the first statement, by oid.
  private let relations: [Int64: PostgreSQLRelation]
  /// The relations that the policy refuses.
  private let refused: [Int64: Refused]
  /// The modes of the locks on them that the runner itself holds.
  private let ownModes: [Int64: String]
  private var checks = 0

  private struct Refused {
    var name: TableName
    var reason: String
    var state: PostgreSQLRelation.State
  }

  /// - Parameter connection: in a transaction that has not accessed tables that `policy` refuses.
  init(_ connection: PostgreSQLMigrationConnection, _ policy: AccessPolicy) throws(MetaxyError) {
    self.connection = connection
    self.policy = policy
    let before = try connection.relationsBefore()
    relations = before.relations.filter { $0.value.kind != .compositeType }.mapValues(\.relation)
    let reasons = relations.compactMapValues { relation in policy.refusal(relation.name) }
    let states: [Int64: PostgreSQLRelation.State]
    if let kept = before.refused, Set(kept.keys) == Set(reasons.keys) {
      states = kept
    } else {
      states = try PostgreSQLRelation.states(of: Array(reasons.keys), connection)
    }
    if let kept = before.ownModes {
      ownModes = kept
    } else {
      ownModes = try connection.lockedRelations().all.mapValues(\.modes)
    }
    var refused: [Int64: Refused] = [:]
    for (number, state) in states {
      guard let relation = relations[number], let reason = reasons[number] else { continue }
      refused[number] = Refused(name: relation.name, reason: reason, state: state)
    }
    self.refused = refused
  }

  /// Checks after a statement, so that the error names it.
  ///
  /// The list of locks grows with a section, and reading it after each of thousands of statements would take longer
  /// than the statements: after the first hundred, only the end of the section is checked.
  func checkStatement() throws(MetaxyError) {
    checks += 1
    if checks <= 100 { try check() }
  }

  /// Checks after the last statement, and returns the tables that were created and dropped since the first one.
  func finish() throws(MetaxyError) -> TableChanges {
    let locked = try connection.lockedRelations()
    let states = try PostgreSQLRelation.states(of: Array(refused.keys), connection)
    try requireUnchanged(locked.all, states)
    try requireAllowed(locked)
    try requireSameRights(states)
    try PostgreSQLNewCode(connection).require(policy)
    let (after, transaction) = try changedRelations(locked)
    var changes = TableChanges()
    for (number, new) in after.sorted(by: { $0.key < $1.key }) {
      let old = relations[number]
      guard old != new else { continue }
      if let refused = refused[number] { throw .tableRefused(refused.name, verb: "alter", reason: refused.reason) }
      if let old, old.isTable { changes.dropped.insert(old.name) }
      if let new, new.isTable { changes.created.insert(new.name) }
    }
    connection.keepRelations(after, locked, states, ownModes, after: transaction)
    return changes
  }

  /// The relations that the section may have changed, as they are after it, and the number of its transaction.
  ///
  /// What it created, dropped or changed, it has locked; renaming a schema locks no table in it.
  private func changedRelations(
    _ locked: PostgreSQLLockedRelations
  ) throws(MetaxyError) -> (relations: [Int64: PostgreSQLRelation?], transaction: Int64) {
    var schemas: [Int64: String] = [:]
    var transaction: Int64 = 0
    for row in try connection.catalogQuery(
      "SELECT oid::bigint, nspname, pg_catalog.txid_current() FROM pg_catalog.pg_namespace")
    {
      guard let number = row[0].integer, let name = row[1].text else { continue }
      schemas[number] = name
      transaction = row[2].integer ?? 0
    }
    var after: [Int64: PostgreSQLRelation?] = [:]
    for (number, relation) in relations {
      guard let schema = schemas[relation.schemaNumber], schema != relation.schema else { continue }
      var moved = relation
      moved.schema = schema
      moved.name = connection.tableName(relation.name.name, inSchema: schema)
      after[number] = moved
    }
    for (number, lock) in locked.all {
      after[number] = .some(lock.known.flatMap { $0.kind == .compositeType ? nil : $0.relation })
    }
    return (after, transaction)
  }

  /// GRANT and REVOKE lock no table. The rights may also be changed by others, whose rows of the catalog are committed.
  private func requireSameRights(_ states: [Int64: PostgreSQLRelation.State]) throws(MetaxyError) {
    for (number, refused) in refused.sorted(by: { $0.value.name < $1.value.name }) {
      guard refused.state.changesRights(to: states[number]) else { continue }
      throw .tableRefused(refused.name, verb: "grant or revoke rights on", reason: refused.reason)
    }
  }

  /// Checks what the statements up to now have locked. A statement that only took a lock which the runner holds, such as one that
  /// creates a trigger, is found at the end of the section.
  private func check() throws(MetaxyError) {
    let locked = try connection.lockedRelations()
    let changed = locked.all.filter { number, lock in refused[number] != nil && ownModes[number] != lock.modes }
    if !changed.isEmpty {
      try requireUnchanged(changed, PostgreSQLRelation.states(of: Array(changed.keys), connection))
    }
    try requireAllowed(locked)
  }

  /// Refuses relations that the transaction made or renamed.
  private func requireAllowed(_ locked: PostgreSQLLockedRelations) throws(MetaxyError) {
    let relations = locked.all.filter { refused[$0.key] == nil }.compactMap(\.value.known)
    let names = relations.filter { $0.kind != .compositeType }.map(\.relation.name)
    for name in names.sorted() {
      if let reason = policy.refusal(name) { throw .tableRefused(name, verb: "create", reason: reason) }
    }
  }

  private func requireUnchanged(
    _ locks: [Int64: PostgreSQLLockedRelations.Locked], _ states: [Int64: PostgreSQLRelation.State]
  ) throws(MetaxyError) {
    for (number, lock) in locks.sorted(by: { $0.key < $1.key }) {
      guard let refused = refused[number] else { continue }
      // ANALYZE and LOCK hold strong locks but change nothing.
      if let verb = refused.state.change(to: states[number], writes: lock.writesRows) {
        throw .tableRefused(refused.name, verb: verb, reason: refused.reason)
      }
    }
  }
}
