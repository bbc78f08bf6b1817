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

  /// Returns a database that is only used for its scratch databases; nil if the project has none for this engine.
  package static func scratch(of dialect: StoreDialect, in project: Project, _ options: EngineOptions) -> (
    any Database
  )? {
    switch dialect {
    case .sqlite: return SQLiteDatabase(path: ":memory:", displayName: ":memory:")
    case .postgresql:
      if let url = project.migrations.scratchURL, url.dialect == dialect {
        return PostgreSQLDatabase(
          connectionString: url.target, displayName: "scratch_url", interruption: options.interruption)
      }
      return project.configuration.stores.first { $0.url.dialect == dialect && !$0.isProduction }
        .map { $0.database(in: project, options) }
    }
  }
}
