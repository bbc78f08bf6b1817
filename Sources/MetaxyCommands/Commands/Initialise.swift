internal import MetaxyConfiguration
internal import MetaxyEngines
package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySQL

extension Commands {
  /// Creates one environment, or both without `directory`, with the configuration.
  package static func initialise(_ context: CommandContext, directory: String?) throws(MetaxyError) -> InitialiseReport
  {
    try initialise(context, directory: directory, versionTables: (try freeVersionTable(context), nil))
  }

  /// - Parameters:
  ///   - versionTables: the names that the configuration must set; nil for those that it has.
  ///   - generation: the generation that it must set.
  static func initialise(
    _ context: CommandContext, directory: String? = nil, versionTables: (user: String?, system: String?),
    generation: Generation? = nil
  ) throws(MetaxyError) -> InitialiseReport {
    let report = try Project.initialise(
      in: context.workingDirectory, environment: context.variables, overrides: context.overrides,
      directory: directory, versionTable: versionTables.user, systemVersionTable: versionTables.system,
      generation: generation?.rawValue)
    let here = context.workingDirectory
    let root = Paths.parent(of: report.configFile)
    func displayPath(_ paths: [String]) -> [String] {
      paths.map { Paths.displayPath(Paths.resolve($0, in: root), from: here) }
    }
    return InitialiseReport(
      created: displayPath(report.created), kept: displayPath(report.kept), changed: displayPath(report.changed))
  }

  /// A free name for the version table if the database has an `alembic_version` of another program; nil if the default is
  /// free, or the project configures a name.
  private static func freeVersionTable(_ context: CommandContext) throws(MetaxyError) -> String? {
    // A project that does not exist or cannot be read has no store to inspect; its creation reports the errors.
    guard
      let project = try? Project.load(
        from: context.workingDirectory, environment: context.variables, overrides: context.overrides),
      let store = try? project.store(),
      let environment = try? project.environment(.user, for: store), !environment.isInitialised
    else { return nil }
    let database = store.database(in: project, context.engineOptions)
    guard database.exists else { return nil }
    let connection = try database.openForReading()
    guard try connection.hasTable(environment.versionTableName) else { return nil }
    let tables = try LiveTableNames(connection, database.dialect)
    let names = ["alembic_version_metaxy"] + (2...99).map { "alembic_version_metaxy_\($0)" }
    let free = names.first { tables[TableName($0, schema: environment.versionTableSchema)] == nil }
    if let free {
      context.report(
        .warning(
          "`\(database.displayName)` has a table `\(environment.versionTable)` of another program, so `version_table` is"
            + " `\(free)`"))
      context.note("if Alembic migrated it, \(.initialiseFromAlembic("DIRECTORY")) takes over its history instead")
    }
    return free
  }
}
