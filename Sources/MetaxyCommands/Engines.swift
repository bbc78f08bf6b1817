internal import MetaxyErrors
internal import MetaxyPostgreSQL
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySQLite
internal import MetaxyScript

/// The engines that stores can be on.
enum Engines {
  /// How each dialect's sections are read.
  static let lexicons: [String: Lexicon] = [SQLiteDialect.name: .sqlite, PostgreSQLDialect.name: .postgresql]

  static func dialect(_ dialect: StoreDialect, _ context: CommandContext) -> any Dialect {
    switch dialect {
    case .sqlite: SQLiteDialect()
    case .postgresql: PostgreSQLDialect(isOnline: context.isOnline)
    }
  }

  static func database(of store: Store, in project: Project, _ context: CommandContext) -> any Database {
    switch store.url.dialect {
    case .sqlite:
      return SQLiteDatabase(
        path: store.url.target, shownName: project.shown(store.url.target),
        timeouts: SQLiteTimeouts(lock: store.timeouts.lock, statement: store.timeouts.statement))
    case .postgresql:
      let narrate = context.narrate
      return PostgreSQLDatabase(
        connectionString: store.url.target, shownName: store.url.shown, owner: store.owner,
        scratch: scratch(for: store, in: project), isOnline: context.isOnline,
        timeouts: PostgreSQLTimeouts(lock: store.timeouts.lock, statement: store.timeouts.statement),
        interruption: context.interruption
      ) { notice in
        let text = [notice.message, notice.detail].compactMap(\.self).joined(separator: ": ")
        narrate(notice.isWarning ? .warning("PostgreSQL: \(text)") : .note("PostgreSQL: \(text)"))
      }
    }
  }

  /// A database of which nothing but its scratch databases is used; nil where the project has none of that engine for it.
  static func scratch(of dialect: StoreDialect, in project: Project, _ context: CommandContext) -> (any Database)? {
    let settings = project.configuration
    switch dialect {
    case .sqlite: return SQLiteDatabase(path: ":memory:", shownName: ":memory:")
    case .postgresql:
      if let url = settings.migrations.scratchURL, url.dialect == dialect {
        return PostgreSQLDatabase(
          connectionString: url.target, shownName: "scratch_url", interruption: context.interruption)
      }
      return settings.stores.first { $0.url.dialect == dialect && !$0.isProduction }
        .map { database(of: $0, in: project, context) }
    }
  }

  /// Where the definitions of a store are tried out: where the project says, else beside it, but never beside production.
  private static func scratch(for store: Store, in project: Project) -> PostgreSQLScratch {
    if let url = project.configuration.migrations.scratchURL, url.dialect == .postgresql { return .server(url.target) }
    return store.isProduction ? .forbidden(.noScratchInProduction(store.name)) : .beside
  }
}
