internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct DowngradeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "downgrade", abstract: "Runs the revisions that lead back down to a target.",
    discussion: """
      `metaxy downgrade -1` takes one revision back, `metaxy downgrade base` all of them. What loses data is refused \
      before anything is done, unless the file says `-- metaxy:allow` or the command --allow-destructive.
      """)

  @Argument(help: "A revision, the beginning of one, base, or -N.")
  var revision: String

  @OptionGroup var loss: LossOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunReport {
    try Commands.downgrade(context, target: revision, allowsLoss: loss.allowsLoss)
  }
}
