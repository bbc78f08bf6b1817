internal import MetaxyEngines
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
    let narrate = context.narrate
    let options = EngineOptions(isOnline: context.isOnline, interruption: context.interruption) { notice in
      let text = [notice.message, notice.detail].compactMap(\.self).joined(separator: ": ")
      narrate(notice.isWarning ? .warning("PostgreSQL: \(text)") : .note("PostgreSQL: \(text)"))
    }
    return store.database(in: project, options)
  }
}
