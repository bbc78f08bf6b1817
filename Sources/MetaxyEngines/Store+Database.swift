package import MetaxyConfiguration
internal import MetaxyErrors
package import MetaxyPostgreSQL
package import MetaxyPostgreSQLDriver
package import MetaxyRuntime
internal import MetaxySQLite
internal import MetaxySQLiteDriver

/// How the database of a store is worked on, beside what the configuration says of it.
package struct EngineOptions: Sendable {
  /// Whether tables that exist are changed in ways that let others read and write meanwhile, where the engine knows any.
  package var isOnline: Bool
  /// What can stop a statement on a server; nil when nothing can.
  package var interruption: Interruption?
  /// Is told what a server says beside its answers.
  package var notice: (@Sendable (PostgreSQLNotice) -> Void)?

  package init(
    isOnline: Bool = true, interruption: Interruption? = nil, notice: (@Sendable (PostgreSQLNotice) -> Void)? = nil
  ) {
    self.isOnline = isOnline
    self.interruption = interruption
    self.notice = notice
  }
}

extension Store {
  /// The store's database, not yet opened.
  package func database(in project: Project, _ options: EngineOptions = EngineOptions()) -> any Database {
    // Where the project says, else beside it, but never beside production.
    let scratch: PostgreSQLScratch =
      if let url = project.configuration.migrations.scratchURL, url.dialect == .postgresql {
        .server(url.target)
      } else {
        isProduction ? .forbidden(.noScratchInProduction(name)) : .beside
      }
    return url.database(
      displayText: project.displayPath(url.target), timeouts: timeouts, owner: owner, scratch: scratch, options)
  }
}

extension StoreURL {
  /// The database at the URL, not yet opened.
  ///
  /// - Parameters:
  ///   - shown: a file as it is shown to people; a server is shown by its URL.
  ///   - owner: the role that shall own what is created; nil for the one that connects.
  ///   - scratch: where definitions are tried out.
  package func database(
    displayText: String, timeouts: Timeouts, owner: String? = nil, scratch: PostgreSQLScratch = .beside,
    _ options: EngineOptions = EngineOptions()
  ) -> any Database {
    switch dialect {
    case .sqlite:
      SQLiteDatabase(
        path: target, displayName: displayText,
        timeouts: SQLiteTimeouts(lock: timeouts.lock, statement: timeouts.statement))
    case .postgresql:
      PostgreSQLDatabase(
        connectionString: target, displayName: self.displayText, owner: owner, scratch: scratch,
        isOnline: options.isOnline,
        timeouts: PostgreSQLTimeouts(lock: timeouts.lock, statement: timeouts.statement),
        interruption: options.interruption, notice: options.notice)
    }
  }
}
