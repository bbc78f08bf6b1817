internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct StampCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "stamp", abstract: "Sets the version of the database without running anything.",
    discussion: "For a database whose tables are there already, and for one that was repaired by hand.")

  @Argument(help: "A revision, the beginning of one, head or base.")
  var revisions: [String]

  @Flag(help: "Empties the version table first, rows that no file explains included.")
  var purge = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunReport {
    try Commands.stamp(context, targets: revisions, purges: purge)
  }
}
