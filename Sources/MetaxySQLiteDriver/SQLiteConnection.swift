internal import CSQLite
package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames

/// A connection to a SQLite file.
package final class SQLiteConnection: SQLConnection {
  package let handle: OpaquePointer
  package let stopwatch: SQLiteStopwatch?
  /// The interruption of statements; only connections for rows use it.
  let interruption: SQLiteInterruption

  /// The ways to open a file.
  package enum Mode {
    /// For reading; the file must exist.
    case reading
    /// For writing; a missing file is created.
    case writing
    /// A private database in memory, removed with the connection.
    case memory
  }

  /// Opens the file at `path`.
  ///
  /// - Parameter countsRows: whether the rows that a running statement has read are counted.
  /// - Throws: `sqlite_too_old`; `cannot_open_database`, `not_a_database`, with the path.
  package init(
    path: String, mode: Mode, timeouts: SQLiteTimeouts, interruption: SQLiteInterruption? = nil,
    countsRows: Bool = false
  ) throws(MetaxyError) {
    try SQLiteVersion.loaded.requireFloor()
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
      timeouts.statement > 0 || interruption != nil || countsRows
      ? SQLiteStopwatch(limit: timeouts.statement, interruption: self.interruption, countsRows: countsRows) : nil
    stopwatch?.watch(pointer)
    sqlite3_busy_timeout(pointer, timeouts.busyTimeout)
    guard metaxy_sqlite_accept_double_quoted_strings(pointer, 0) == SQLITE_OK else {
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

  /// Runs `body` while text in double quotes that is not a name is a string, as other programs' definitions may have it: some
  /// statements read the definitions of all tables again.
  package func acceptingDoubleQuotedStrings<Result>(
    _ body: () throws(MetaxyError) -> Result
  ) throws(MetaxyError) -> Result {
    // The setting of an open connection cannot fail.
    _ = metaxy_sqlite_accept_double_quoted_strings(handle, 1)
    defer { _ = metaxy_sqlite_accept_double_quoted_strings(handle, 0) }
    return try body()
  }

  package var defaultSchema: String { "main" }

  package func hasTable(_ name: TableName) throws(MetaxyError) -> Bool {
    // Names are compared case-insensitively for A to Z. https://sqlite.org/lang_createtable.html
    try !query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?1)", [.text(name.name)])
      .isEmpty
  }

  /// Whether the last error is that a foreign key refers to columns that are not a key.
  package var lastErrorIsForeignKeyMismatch: Bool { SQLiteReport(of: handle).isForeignKeyMismatch }

  /// Returns the last error of the connection, with the statement that caused it.
  package func failure(of sql: String) -> MetaxyError {
    .refused(
      SQLiteReport(of: handle), sql: sql,
      database: sqlite3_db_filename(handle, "main").map { String(cString: $0) } ?? "")
  }
}
