package import MetaxyConfiguration
package import MetaxyDatabase
internal import MetaxyErrors
package import MetaxyPostgreSQL
internal import MetaxyPostgreSQLDriver
package import MetaxyProject
package import MetaxyRuntime
internal import MetaxySQLite
internal import MetaxySQLiteDriver

extension Store {
  /// Returns the store's database, not opened.
  package func database(in project: Project, _ options: EngineOptions = EngineOptions()) -> any Database {
    // The configured scratch server, or the store's own server, except in production.
    let scratch: PostgreSQLScratch =
      if let url = project.migrations.scratchURL, url.dialect == .postgresql {
        .server(url.target)
      } else {
        isProduction ? .unavailable(.noScratchInProduction(self)) : .beside
      }
    return url.database(
      displayText: displayText(in: project), timeouts: timeouts, owner: owner, scratch: scratch, options)
  }

  /// Returns the store's database for reading and writing rows, not opened.
  package func rowDatabase(in project: Project, _ options: EngineOptions = EngineOptions()) -> any RowDatabase {
    switch url.dialect {
    case .sqlite:
      return SQLiteRowDatabase(
        path: url.target, displayName: displayText(in: project),
        timeouts: SQLiteTimeouts(lock: timeouts.lock, statement: timeouts.statement))
    case .postgresql:
      return PostgreSQLRowDatabase(
        PostgreSQLEndpoint(
          connectionString: url.target, displayName: url.redacted, owner: owner,
          timeouts: PostgreSQLTimeouts(lock: timeouts.lock, statement: timeouts.statement),
          interruption: options.interruption, notice: options.postgreSQLNotice))
    }
  }

  /// A file's name for display; a server is displayed by its URL.
  private func displayText(in project: Project) -> String { url.writtenPath ?? project.displayPath(url.target) }
}

extension StoreURL {
  /// Returns the database at the URL, not opened.
  ///
  /// - Parameters:
  ///   - displayText: a file's name for display; a server is displayed by its URL.
  ///   - owner: the role that owns created objects; nil for the connecting role.
  ///   - scratch: the place for temporary definitions.
  package func database(
    displayText: String, timeouts: Timeouts, owner: String? = nil, scratch: PostgreSQLScratch = .beside,
    _ options: EngineOptions = EngineOptions()
  ) -> any Database {
    switch dialect {
    case .sqlite:
      return SQLiteDatabase(
        path: target, displayName: displayText,
        timeouts: SQLiteTimeouts(lock: timeouts.lock, statement: timeouts.statement),
        interruption: options.interruption)
    case .postgresql:
      return PostgreSQLDatabase(
        connectionString: target, displayName: redacted, owner: owner, scratch: scratch,
        isOnline: options.isOnline,
        timeouts: PostgreSQLTimeouts(lock: timeouts.lock, statement: timeouts.statement),
        interruption: options.interruption, connectLimit: options.connectLimit, notice: options.postgreSQLNotice)
    }
  }
}

extension EngineOptions {
  fileprivate var postgreSQLNotice: (@Sendable (PostgreSQLNotice) -> Void)? {
    guard let notice else { return nil }
    return { notice($0.text, $0.isWarning) }
  }
}
