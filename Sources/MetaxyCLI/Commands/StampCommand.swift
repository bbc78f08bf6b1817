internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct StampCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "stamp", abstract: "Set the version of the database without running revisions.",
    discussion: "For a database whose tables already exist, or one that was repaired by hand.")

  @Argument(help: "A revision, a prefix of one, head or base.")
  var revisions: [String]

  @Flag(
    help: """
      Empty the version table first, including rows without a revision file, and give up a revision that was interrupted.
      """)
  var purge = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunReport {
    try Commands.stamp(context, targets: revisions, purges: purge)
  }
}
