internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyPostgreSQLDriver
internal import MetaxySQLiteDriver

extension StoreURL {
  /// Returns the database at the URL, not yet opened.
  ///
  /// - Parameters:
  ///   - displayText: The path of a file for display; a server is displayed by its URL.
  ///   - timeouts: The timeouts for locks and statements.
  ///   - owner: The role that owns created objects; nil for the connecting role.
  /// - Returns: The database.
  func rowDatabase(displayText: String, timeouts: Timeouts, owner: String? = nil) -> any RowDatabase {
    switch dialect {
    case .sqlite:
      SQLiteRowDatabase(
        path: target, displayName: displayText,
        timeouts: SQLiteTimeouts(lock: timeouts.lock, statement: timeouts.statement))
    case .postgresql:
      PostgreSQLRowDatabase(
        PostgreSQLEndpoint(
          connectionString: target, displayName: redacted, owner: owner,
          timeouts: PostgreSQLTimeouts(lock: timeouts.lock, statement: timeouts.statement)))
    }
  }
}
