internal import CSQLite
internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySQL

/// Watches what the statements of a revision touch, as SQLite compiles them.
///
/// SQLite asks before it compiles each access to a table, through views and triggers as well, so that nothing is done when
/// one is refused. https://sqlite.org/c3ref/set_authorizer.html
final class SQLiteAuthorizer {
  private var policy: AccessPolicy?
  /// Why the last statement was refused; nil when it was not.
  private(set) var refusal: MetaxyError?
  /// Whether the statement at hand has attached the file that VACUUM copies everything into.
  private var isVacuuming = false

  func begin(on database: OpaquePointer, policy: AccessPolicy) {
    self.policy = policy
    refusal = nil
    isVacuuming = false
    sqlite3_set_authorizer(
      database,
      { context, action, first, second, database, _ in
        guard let context else { return SQLITE_DENY }
        let authorizer = Unmanaged<SQLiteAuthorizer>.fromOpaque(context).takeUnretainedValue()
        func text(_ words: UnsafePointer<CChar>?) -> String? { words.map { String(cString: $0) } }
        if let database = text(database), SQLiteAuthorizer.isUnmanaged(database, action) { return SQLITE_OK }
        return authorizer.allows(action, text(first), text(second)) ? SQLITE_OK : SQLITE_DENY
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func end(on database: OpaquePointer) {
    sqlite3_set_authorizer(database, nil, nil)
    policy = nil
  }

  private func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
    if let word = Self.refusedActions[action], !isOfItsOwn(action, first) {
      refusal = refusal ?? .refusedInRevision(word)
      return false
    }
    guard let table = Self.touchedTable(action, first, second), let reason = policy?.refusal(table) else { return true }
    refusal = refusal ?? .tableRefused(table, verb: Self.verb(of: action), reason: reason)
    return false
  }

  /// What would end the runner's own transaction, or reach beyond this database.
  private static let refusedActions: [Int32: String] = [
    SQLITE_TRANSACTION: "a transaction statement",
    SQLITE_SAVEPOINT: "a savepoint",
    SQLITE_ATTACH: "ATTACH",
    SQLITE_DETACH: "DETACH",
    SQLITE_PRAGMA: "PRAGMA",
  ]

  /// What SQLite does itself in the course of a statement.
  private func isOfItsOwn(_ action: Int32, _ name: String?) -> Bool {
    switch action {
    // ADD COLUMN looks through the rows with it when the column has a check. It changes nothing.
    // https://sqlite.org/pragma.html#pragma_quick_check
    // And FTS5 asks whether another connection changed the file. https://sqlite.org/pragma.html#pragma_data_version
    case SQLITE_PRAGMA: return ["quick_check", "data_version"].contains(name?.lowercased())
    // VACUUM copies everything into a file without a name, which it attaches; VACUUM INTO names one.
    // https://sqlite.org/lang_vacuum.html#how_vacuum_works
    case SQLITE_ATTACH:
      isVacuuming = name?.isEmpty == true
      return isVacuuming
    case SQLITE_TRANSACTION: return isVacuuming
    default: return false
    }
  }

  /// Whether an action concerns no managed table: one in the file that VACUUM copies into, or on rows of temporary tables, in
  /// which a rebuild checks values.
  private static func isUnmanaged(_ database: String, _ action: Int32) -> Bool {
    database.hasPrefix(vacuumPrefix)
      || database == "temp" && [SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE].contains(action)
  }

  /// What the name of that file's database begins with; nothing else can be attached.
  private static let vacuumPrefix = "vacuum_"

  /// The table that an action changes; nil for those that change none.
  private static func touchedTable(_ action: Int32, _ first: String?, _ second: String?) -> TableName? {
    switch action {
    case SQLITE_CREATE_TABLE, SQLITE_DROP_TABLE, SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE,
      SQLITE_CREATE_VIEW, SQLITE_DROP_VIEW, SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE:
      // SQLite writes its own catalog with INSERT, UPDATE and DELETE while it compiles DDL.
      first.flatMap { $0.hasPrefix("sqlite_") ? nil : TableName($0) }
    case SQLITE_ALTER_TABLE, SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX, SQLITE_CREATE_TRIGGER, SQLITE_DROP_TRIGGER:
      second.map { TableName($0) }
    default: nil
    }
  }

  private static func verb(of action: Int32) -> String {
    switch action {
    case SQLITE_CREATE_TABLE, SQLITE_CREATE_VIEW, SQLITE_CREATE_VTABLE: "create"
    case SQLITE_DROP_TABLE, SQLITE_DROP_VIEW, SQLITE_DROP_VTABLE: "drop"
    case SQLITE_INSERT: "insert into"
    case SQLITE_UPDATE: "update"
    case SQLITE_DELETE: "delete from"
    default: "alter"
    }
  }
}
