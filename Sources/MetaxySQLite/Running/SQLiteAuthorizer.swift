internal import CSQLite
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// Checks the table accesses of a revision's statements when SQLite compiles them.
///
/// SQLite calls the authorizer before it compiles an access to a table, including accesses through views and triggers,
/// so a refused statement has no effect. https://sqlite.org/c3ref/set_authorizer.html
final class SQLiteAuthorizer {
  private var policy: AccessPolicy?
  /// The reason why the last statement was refused; nil if it was not.
  private(set) var refusal: MetaxyError?
  /// Whether the current statement has attached the file into which VACUUM copies the database.
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
    if let word = Self.refusedActions[action], !isOfItsOwn(action, first, argument: second) {
      refusal = refusal ?? .refusedInRevision(word)
      return false
    }
    // The name of a function is the second argument. https://sqlite.org/c3ref/c_alter_table.html
    if action == SQLITE_FUNCTION, second?.lowercased() == "load_extension" {
      refusal = refusal ?? .refusedInRevision("`load_extension`")
      return false
    }
    guard let table = Self.touchedTable(action, first, second), let reason = policy?.refusal(table) else { return true }
    refusal = refusal ?? .tableRefused(table, verb: Self.verb(of: action), reason: reason)
    return false
  }

  /// Actions that would end the runner's transaction or access another database.
  private static let refusedActions: [Int32: String] = [
    SQLITE_TRANSACTION: "a transaction statement",
    SQLITE_SAVEPOINT: "a savepoint",
    SQLITE_ATTACH: "ATTACH",
    SQLITE_DETACH: "DETACH",
    SQLITE_PRAGMA: "PRAGMA",
  ]

  /// Returns whether SQLite itself performs the action as part of a statement.
  private func isOfItsOwn(_ action: Int32, _ name: String?, argument: String?) -> Bool {
    switch action {
    // ADD COLUMN reads the rows with quick_check if the column has a check; it changes nothing.
    // https://sqlite.org/pragma.html#pragma_quick_check FTS5 uses data_version to detect changes by other connections.
    // https://sqlite.org/pragma.html#pragma_data_version R-Tree and FTS3 read page_size to choose the size of their nodes.
    case SQLITE_PRAGMA:
      return ["quick_check", "data_version"].contains(name?.folded) || name?.folded == "page_size" && argument == nil
    // VACUUM attaches an unnamed file and copies the database into it; VACUUM INTO has a file name.
    // https://sqlite.org/lang_vacuum.html#how_vacuum_works
    case SQLITE_ATTACH:
      isVacuuming = name?.isEmpty == true
      return isVacuuming
    case SQLITE_TRANSACTION: return isVacuuming
    default: return false
    }
  }

  /// Returns whether an action in this database affects no table of the user: in the file of VACUUM, and on rows of the
  /// temporary tables with which a rebuild checks values.
  private static func isUnmanaged(_ database: String, _ action: Int32) -> Bool {
    database.hasPrefix(vacuumPrefix)
      || database == "temp" && [SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE].contains(action)
  }

  /// The prefix of that file's schema name; no other database can be attached.
  private static let vacuumPrefix = "vacuum_"

  /// The table that an action changes; nil for those that change none.
  private static func touchedTable(_ action: Int32, _ first: String?, _ second: String?) -> TableName? {
    switch action {
    case SQLITE_CREATE_TABLE, SQLITE_DROP_TABLE, SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE,
      SQLITE_CREATE_VIEW, SQLITE_DROP_VIEW, SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE:
      // While SQLite compiles DDL, it inserts, updates and deletes rows of its own tables.
      first.flatMap { $0.hasPrefix("sqlite_") ? nil : TableName($0) }
    case SQLITE_ALTER_TABLE, SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX, SQLITE_CREATE_TRIGGER, SQLITE_DROP_TRIGGER,
      SQLITE_CREATE_TEMP_TRIGGER, SQLITE_DROP_TEMP_TRIGGER:
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
