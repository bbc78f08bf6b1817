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

      A project without features gets Swift structs for the tables of features that the database has:
        metaxy init --from-database --features Sources

      The first revision of each environment without one is then a baseline of the tables that the database has and the \
      definitions define. It is marked as applied; no table and no row is touched.

      With --from-alembic, take over the history of a database that Alembic migrated to its head:
        metaxy init --from-alembic alembic --system-alembic .metaxy/alembic-system

      Alembic renders every revision in the project's Python. The revisions are kept if a new database that runs them equals the \
      present one; otherwise the head becomes a baseline, and the others are kept beside it.
      """)

  @Argument(help: "The directory of the one environment to create; both by default.")
  var directory: String?

  @Flag(
    name: .customLong("from-database"),
    help: "Write a baseline of the tables that the database has already, and mark it as applied.")
  var isFromDatabase = false

  @Option(
    help: .init("With --from-database: write a Swift file for each feature table there first.", valueName: "directory"))
  var features: String?

  @Option(
    name: .customLong("from-alembic"),
    help: .init(
      "Take over the history of an Alembic environment: its directory, or its alembic.ini.", valueName: "directory"))
  var alembic: String?

  @Option(
    name: .customLong("system-alembic"),
    help: .init("With --from-alembic: the environment of Metaxy's system tables.", valueName: "directory"))
  var systemAlembic: String?

  @Flag(
    name: .customLong("convert-system-tables"),
    help: "With --from-…: convert system tables that another program made; every row is kept.")
  var convertsSystemTables = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let isStarted = isFromDatabase || alembic != nil
    if convertsSystemTables, !isStarted {
      throw ValidationError("`--convert-system-tables` is for `--from-database` and `--from-alembic`")
    }
    if features != nil, !isFromDatabase { throw ValidationError("`--features` is for `--from-database`") }
    if systemAlembic != nil, alembic == nil { throw ValidationError("`--system-alembic` is for `--from-alembic`") }
    if isFromDatabase, alembic != nil {
      throw ValidationError("a history starts `--from-database` or `--from-alembic`, not with both")
    }
    if isStarted, directory != nil {
      throw ValidationError("a history starts in both environments; a directory cannot be named")
    }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> InitialiseReport {
    if let alembic {
      return try Commands.initialiseFromAlembic(
        context, .init(user: alembic, system: systemAlembic, convertsSystemTables: convertsSystemTables))
    }
    guard isFromDatabase else { return try Commands.initialise(context, directory: directory) }
    return try Commands.initialiseFromDatabase(
      context, convertsSystemTables: convertsSystemTables, features: features)
  }
}
