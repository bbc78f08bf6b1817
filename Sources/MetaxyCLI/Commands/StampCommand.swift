internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct StampCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "stamp", abstract: "Set the version of the database without running revisions.",
    discussion: "For a database whose tables already exist, or one that was repaired by hand.")

  @Argument(
    help: "A revision, a prefix of one, head or base; with --sql also FROM:TO.", completion: Completion.revision)
  var revisions: [String]

  @OptionGroup var script: ScriptOptions

  @Flag(
    help: """
      Empty the version table first, including rows without a revision file, and give up a revision that was interrupted.
      """)
  var purge = false

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func validate() throws {
    if script.isOffline, purge { throw ValidationError("`--purge` cannot be used with `--sql`") }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunAnswer {
    guard script.isOffline, let first = revisions.first else {
      return .run(try Commands.stamp(context, targets: revisions, purges: purge))
    }
    return .script(
      try Commands.stampScript(context, targets: Array(revisions.dropFirst()), script.request(first)))
  }
}
