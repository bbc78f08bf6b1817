package import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyPostgreSQL
internal import MetaxyPostgreSQLDriver
package import MetaxyProject
package import MetaxyRuntime
package import MetaxySQL
internal import MetaxySQLite

/// The engines of stores.
package enum Engines {
  /// The lexicons of the dialects.
  private static let lexicons: Lexicons = [SQLiteDialect.name: .sqlite, PostgreSQLDialect.name: .postgresql]

  /// Returns the lexicons for the sections of a project and one of its stores.
  package static func lexicons(of project: Project, for store: Store) -> Lexicons {
    let dialects = project.migrations.dialects + [store.url.dialect]
    return lexicons.serving(Set(dialects.map(\.rawValue)))
  }

  package static func dialect(_ dialect: StoreDialect, isOnline: Bool) -> any Dialect {
    switch dialect {
    case .sqlite: SQLiteDialect()
    case .postgresql: PostgreSQLDialect(isOnline: isOnline)
    }
  }

  /// How many seconds connecting to the server of another engine than the store's may take: only a proof needs it.
  private static let scratchConnectLimit = 5

  /// Returns a database that is only used for its scratch databases; nil if the project has none for this engine.
  ///
  /// A server that does not answer is given up after five seconds, unless its URL or `PGCONNECT_TIMEOUT` sets another limit.
  package static func scratch(of dialect: StoreDialect, in project: Project, _ options: EngineOptions) -> (
    any Database
  )? {
    switch dialect {
    case .sqlite: return SQLiteDatabase(path: ":memory:", displayName: ":memory:")
    case .postgresql:
      var options = options
      options.connectLimit = scratchConnectLimit
      if let url = project.migrations.scratchURL, url.dialect == dialect {
        return PostgreSQLDatabase(
          connectionString: url.target, displayName: "scratch_url", scratch: .server(url.target),
          interruption: options.interruption, connectLimit: options.connectLimit)
      }
      return project.configuration.stores.first { $0.url.dialect == dialect && !$0.isProduction }
        .map { [options] in $0.database(in: project, options) }
    }
  }
}
