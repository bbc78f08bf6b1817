internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// Detects changes of a transaction to tables that it must not touch, by the locks that its statements hold.
///
/// A statement that changes rows holds a ROW EXCLUSIVE lock on the table until the transaction ends, and a statement that
/// changes the table itself holds a stronger lock, also through functions, triggers, views, CASCADE and dynamic SQL. Only
/// the locks of the session are checked, so other programs may write to these tables. The row counts of
/// `pg_stat_xact_user_tables` are not suitable: they continue from earlier transactions, include rolled back changes, and
/// can be turned off.
/// https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
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
    relations = try PostgreSQLRelation.all(connection)
    let reasons = relations.compactMapValues { relation in policy.refusal(relation.name) }
    let states = try PostgreSQLRelation.states(of: Array(reasons.keys), connection)
    var refused: [Int64: Refused] = [:]
    for (number, state) in states {
      guard let relation = relations[number], let reason = reasons[number] else { continue }
      refused[number] = Refused(name: relation.name, reason: reason, state: state)
    }
    self.refused = refused
    ownModes = try Self.locks(connection).mapValues(\.modes)
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
    let locks = try Self.locks(connection)
    let after = try PostgreSQLRelation.all(connection)
    let states = try PostgreSQLRelation.states(of: Array(refused.keys), connection)
    try requireUnchanged(locks, states)
    try requireAllowed(after.filter { locks[$0.key] != nil && refused[$0.key] == nil })
    try requireSameRights(states)
    try PostgreSQLNewCode(connection).require(policy)
    var changes = TableChanges()
    for number in Set(relations.keys).union(after.keys).sorted() {
      let (old, new) = (relations[number], after[number])
      guard old != new, locks[number] != nil || isMovedWithItsSchema(old, new) else { continue }
      if let refused = refused[number] { throw .tableRefused(refused.name, verb: "alter", reason: refused.reason) }
      if let old, old.isTable { changes.dropped.insert(old.name) }
      if let new, new.isTable { changes.created.insert(new.name) }
    }
    return changes
  }

  /// GRANT and REVOKE lock no table. The rights may also be changed by others, whose rows of the catalog are committed.
  private func requireSameRights(_ states: [Int64: PostgreSQLRelation.State]) throws(MetaxyError) {
    for (number, refused) in refused.sorted(by: { $0.value.name < $1.value.name }) {
      guard refused.state.changesRights(to: states[number]) else { continue }
      throw .tableRefused(refused.name, verb: "grant or revoke rights on", reason: refused.reason)
    }
  }

  /// Returns whether only the schema of a relation was renamed, which locks no table in it.
  private func isMovedWithItsSchema(_ old: PostgreSQLRelation?, _ new: PostgreSQLRelation?) -> Bool {
    guard let old, let new else { return false }
    return old.schemaNumber == new.schemaNumber && old.schema != new.schema
  }

  /// Checks what the statements up to now have locked. A statement that only took a lock which the runner holds, such as one that
  /// creates a trigger, is found at the end of the section.
  private func check() throws(MetaxyError) {
    let locks = try Self.locks(connection)
    let changed = locks.filter { number, lock in refused[number] != nil && ownModes[number] != lock.modes }
    if !changed.isEmpty {
      try requireUnchanged(changed, PostgreSQLRelation.states(of: Array(changed.keys), connection))
    }
    try requireAllowed(PostgreSQLRelation.all(connection, among: locks.keys.filter { refused[$0] == nil }))
  }

  /// Refuses relations that the transaction made or renamed.
  private func requireAllowed(_ relations: [Int64: PostgreSQLRelation]) throws(MetaxyError) {
    for relation in relations.values.sorted(by: { $0.name < $1.name }) {
      if let reason = policy.refusal(relation.name) {
        throw .tableRefused(relation.name, verb: "create", reason: reason)
      }
    }
  }

  /// The locks of this session on a relation that are stronger than a reader's.
  private struct Lock {
    var modes: String
    /// Whether one of them is that of a writer of rows.
    var writesRows: Bool
  }

  /// - Throws: `catalog_changed` if rows of a catalog itself were changed.
  private static func locks(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) -> [Int64: Lock] {
    var locks: [Int64: Lock] = [:]
    for row in try connection.catalogQuery(ownLocks) {
      if let catalog = row[3].text { throw .catalogChanged(catalog) }
      guard let number = row[0].integer else { continue }
      locks[number] = Lock(modes: row[1].text ?? "", writesRows: row[2].integer == 1)
    }
    return locks
  }

  /// The relations on which this session holds a lock that is stronger than a reader's, and its modes. Oids below 16384 belong to the server.
  /// https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT
  ///
  /// DDL releases its locks on the catalogs that define tables at once; only who changes their rows directly, as superusers
  /// can, holds one to the end.
  private static let ownLocks = """
    SELECT relation::bigint, string_agg(mode, ' ' ORDER BY mode), bool_or(mode = 'RowExclusiveLock'),
      min(CASE WHEN relation::bigint < 16384 THEN relation::regclass::text END)
    FROM pg_catalog.pg_locks
    WHERE locktype = 'relation' AND pid = pg_backend_pid() AND mode NOT IN ('AccessShareLock', 'RowShareLock')
      AND (relation::bigint >= 16384 OR mode = 'RowExclusiveLock' AND relation IN (\(catalogs)))
    GROUP BY 1
    """

  private static let catalogs = [
    "attrdef", "attribute", "class", "constraint", "depend", "enum", "event_trigger", "index", "inherits",
    "partitioned_table", "policy", "rewrite", "sequence", "trigger", "type",
  ].map { "'pg_catalog.pg_\($0)'::regclass" }.joined(separator: ", ")

  private func requireUnchanged(
    _ locks: [Int64: Lock], _ states: [Int64: PostgreSQLRelation.State]
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
