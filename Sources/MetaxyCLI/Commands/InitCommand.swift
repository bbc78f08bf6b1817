internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct InitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Create metaxy.toml and the environments, if missing.",
    discussion: """
      With --from-database, start the history of a database whose tables exist already:
        metaxy --store prod init --from-database
        metaxy check --all-environments

      The first revision of each environment without one is then a baseline of the tables that the database has and the \
      definitions define. It is marked as applied; no table and no row is touched.
      """)

  @Argument(help: "The directory of the one environment to create; both by default.")
  var directory: String?

  @Flag(
    name: .customLong("from-database"),
    help: "Write a baseline of the tables that the database has already, and mark it as applied.")
  var isFromDatabase = false

  @Flag(
    name: .customLong("convert-system-tables"),
    help: "With --from-database: convert system tables that another program made; every row is kept.")
  var convertsSystemTables = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if convertsSystemTables, !isFromDatabase {
      throw ValidationError("`--convert-system-tables` is for `--from-database`")
    }
    if isFromDatabase, directory != nil {
      throw ValidationError("`--from-database` works on both environments; a directory cannot be named with it")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> InitialiseReport {
    guard isFromDatabase else { return try Commands.initialise(context, directory: directory) }
    return try Commands.initialiseFromDatabase(context, convertsSystemTables: convertsSystemTables)
  }
}
