internal import MetaxyConfiguration
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyPostgreSQL
internal import MetaxyPostgreSQLDriver
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySQLite

/// The engines of stores.
enum Engines {
  /// The lexicons of the dialects.
  private static let lexicons: Lexicons = [SQLiteDialect.name: .sqlite, PostgreSQLDialect.name: .postgresql]

  /// Returns the lexicons for the sections of a project and one of its stores.
  static func lexicons(of project: Project, for store: Store) -> Lexicons {
    let dialects = project.configuration.migrations.dialects + [store.url.dialect]
    return lexicons.serving(Set(dialects.map(\.rawValue)))
  }

  static func dialect(_ dialect: StoreDialect, _ context: CommandContext) -> any Dialect {
    switch dialect {
    case .sqlite: SQLiteDialect()
    case .postgresql: PostgreSQLDialect(isOnline: context.isOnline)
    }
  }

  static func database(of store: Store, in project: Project, _ context: CommandContext) -> any Database {
    let report = context.report
    let options = EngineOptions(isOnline: context.isOnline, interruption: context.interruption) { notice in
      let text = [notice.message, notice.detail].compactMap(\.self).joined(separator: ": ")
      report(notice.isWarning ? .warning("PostgreSQL: \(text)") : .note("PostgreSQL: \(text)"))
    }
    return store.database(in: project, options)
  }

  /// Returns a database that is only used for its scratch databases; nil if the project has none for this engine.
  static func scratch(of dialect: StoreDialect, in project: Project, _ context: CommandContext) -> (any Database)? {
    let settings = project.configuration
    switch dialect {
    case .sqlite: return SQLiteDatabase(path: ":memory:", displayName: ":memory:")
    case .postgresql:
      if let url = settings.migrations.scratchURL, url.dialect == dialect {
        return PostgreSQLDatabase(
          connectionString: url.target, displayName: "scratch_url", interruption: context.interruption)
      }
      return settings.stores.first { $0.url.dialect == dialect && !$0.isProduction }
        .map { database(of: $0, in: project, context) }
    }
  }
}
