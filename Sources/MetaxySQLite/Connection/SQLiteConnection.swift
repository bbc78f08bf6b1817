internal import CSQLite
package import MetaxyErrors
internal import MetaxyRevisions
package import MetaxyRuntime
package import MetaxySQL
internal import MetaxySchema

/// A connection to a SQLite file.
package final class SQLiteConnection: Connection {
  let handle: OpaquePointer
  private let guardian = SQLiteAuthorizer()
  private let stopwatch: SQLiteStopwatch?
  /// The interruption of statements; only connections for rows use it.
  let interruption: SQLiteInterruption

  /// The ways to open a file.
  enum Mode {
    /// For reading; the file must exist.
    case reading
    /// For writing; a missing file is created.
    case writing
    /// A private database in memory, removed with the connection.
    case memory
  }

  /// Opens the file at `path`.
  ///
  /// - Throws: `cannot_open_database`, `not_a_database`, with the path.
  init(
    path: String, mode: Mode, timeouts: SQLiteTimeouts, interruption: SQLiteInterruption? = nil
  ) throws(MetaxyError) {
    var flags = SQLITE_OPEN_NOMUTEX
    switch mode {
    case .reading: flags |= SQLITE_OPEN_READWRITE  // a reader of a WAL database writes its index
    case .writing: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .memory: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    }
    var pointer: OpaquePointer?
    let result = sqlite3_open_v2(mode == .memory ? ":memory:" : path, &pointer, flags, nil)
    guard result == SQLITE_OK, let pointer else {
      let reason = pointer.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(pointer)
      throw .cannotOpenDatabase(path, reason: reason)
    }
    handle = pointer
    self.interruption = interruption ?? SQLiteInterruption()
    stopwatch =
      timeouts.statement > 0 || interruption != nil
      ? SQLiteStopwatch(limit: timeouts.statement, interruption: self.interruption) : nil
    stopwatch?.watch(pointer)
    sqlite3_busy_timeout(pointer, timeouts.busyTimeout)
    guard metaxy_sqlite_reject_double_quoted_strings(pointer) == SQLITE_OK else {
      throw failure(of: "sqlite3_db_config")
    }
    do {
      // The first statement that reads the file fails if it is not a database.
      _ = try query("SELECT count(*) FROM sqlite_master", [])
      if mode == .reading { try execute("PRAGMA query_only = ON", []) }
      try execute("PRAGMA foreign_keys = ON", [])
    } catch {
      throw .cannotUseDatabase(path, cause: error)
    }
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  @discardableResult
  package func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    #if DEBUG
      KillSwitch.count()
    #endif
    let before = metaxy_sqlite_total_changes(handle)
    let statement = try SQLiteStatement(sql, parameters, on: self)
    while try statement.step() {}
    return Int(metaxy_sqlite_total_changes(handle) - before)
  }

  package func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    let statement = try SQLiteStatement(sql, parameters, on: self)
    var rows: [[SQLValue]] = []
    while try statement.step() { rows.append(statement.row) }
    return rows
  }

  package func beginTransaction() throws(MetaxyError) {
    // IMMEDIATE takes the write lock at once: a transaction that starts as a reader can fail later.
    // https://sqlite.org/lang_transaction.html#deferred_immediate_and_exclusive_transactions
    try execute("BEGIN IMMEDIATE")
  }

  package func commitTransaction() throws(MetaxyError) { try execute("COMMIT") }

  package func rollbackTransaction() {
    guard sqlite3_get_autocommit(handle) == 0 else { return }
    // A failed rollback cannot be handled: SQLite rolls back when the connection closes.
    _ = try? execute("ROLLBACK")
  }

  package func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int {
    let tokens = try SQLTokenizer.tokens(of: sql, lexicon: .sqlite)
    for table in TriggerBody.changedTables(tokens) {
      if let reason = policy.refusal(table) { throw .tableRefused(table, verb: "let a trigger change", reason: reason) }
    }
    // VACUUM copies every table into an attached file and back, which changes none of them.
    let isVacuum = tokens.first?.isWord("VACUUM") == true && !tokens.contains { $0.isWord("INTO") }
    if !isVacuum { guardian.begin(on: handle, policy: policy) }
    stopwatch?.start()
    defer {
      guardian.end(on: handle)
      stopwatch?.stop()
    }
    do {
      return try execute(sql, [])
    } catch {
      if let refusal = guardian.refusal { throw refusal }
      if stopwatch?.hasExpired == true { throw .statementTimedOut(cause: error) }
      throw error
    }
  }

  package var defaultSchema: String { "main" }

  package func tableNames() throws(MetaxyError) -> Set<TableName> {
    let rows = try query(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return Set(rows.compactMap { $0.first?.text.map { TableName($0) } })
  }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool {
    try tableNames().contains { $0.folded == name.folded }
  }

  package func columnNames(of table: TableName) throws(MetaxyError) -> [String] {
    try query("SELECT name FROM pragma_table_xinfo(?1)", [.text(table.name)]).compactMap { $0.first?.text }
  }

  package func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> {
    // https://sqlite.org/pragma.html#pragma_table_xinfo
    let rows = try query("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden IN (2, 3)", [.text(table.name)])
    return Set(rows.compactMap { $0.first?.text })
  }

  package func tablesFollowing(_ table: TableName) throws(MetaxyError) -> [TableName] {
    // DROP TABLE deletes the rows first, as DELETE does. https://sqlite.org/foreignkeys.html#fk_schemacommands
    let rows = try query(
      """
      SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f
      WHERE m.type = 'table' AND lower(f."table") = lower(?1) AND lower(m.name) <> lower(?1)
        AND f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY 1
      """, [.text(table.name)])
    return rows.compactMap { $0.first?.text.map { TableName($0) } }
  }

  package func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError) {
    // No effect inside a transaction. https://sqlite.org/pragma.html#pragma_foreign_keys
    try execute("PRAGMA foreign_keys = \(isPrepared ? "OFF" : "ON")")
    // Otherwise a rename fails if a view or a trigger mentions the table, and the foreign keys of other tables keep
    // referring to the old table until its end. https://sqlite.org/pragma.html#pragma_legacy_alter_table
    try execute("PRAGMA legacy_alter_table = \(isPrepared ? "ON" : "OFF")")
  }

  package func danglingReferences() throws(MetaxyError) -> [TableReference: Int] {
    // Table by table: one whose parent lacks the key that it refers to makes the check of all of them fail, and may be
    // so until a later section, or always have been.
    let tables = try query(
      "SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) WHERE m.type = 'table'")
    var counts: [TableReference: Int] = [:]
    for table in tables {
      for row in try danglingReferences(of: table[0]) {
        let reference = TableReference(from: TableName(row[0].text ?? ""), to: TableName(row[1].text ?? ""))
        counts[reference, default: 0] += Int(row[3].integer ?? 0)
      }
    }
    return counts
  }

  private func danglingReferences(of table: SQLValue) throws(MetaxyError) -> [[SQLValue]] {
    do {
      // Counted, because rows of WITHOUT ROWID tables have no number that identifies them.
      return try query(
        "SELECT \"table\", \"parent\", \"fkid\", count(*) FROM pragma_foreign_key_check(?1) GROUP BY 1, 2, 3", [table])
    } catch {
      guard SQLiteReport(of: handle).isForeignKeyMismatch else { throw error }
      return []
    }
  }

  package func liveExpectation(of table: TableName) throws(MetaxyError) -> TableExpectation? {
    let schema = try SQLiteIntrospector(self).schema { $0.folded != table.folded }
    return schema.definition.sorted.first.flatMap { schema[$0.name] }.map(TableExpectation.init(of:))
  }

  /// Returns the last error of the connection, with the statement that caused it.
  func failure(of sql: String) -> MetaxyError {
    .refused(
      SQLiteReport(of: handle), sql: sql,
      database: sqlite3_db_filename(handle, "main").map { String(cString: $0) } ?? "")
  }
}
