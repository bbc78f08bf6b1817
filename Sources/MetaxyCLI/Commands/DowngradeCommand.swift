internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct DowngradeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "downgrade", abstract: "Runs the revisions that lead back down to a target.")

  @Argument(help: "A revision, the beginning of one, base, or -N.")
  var revision: String

  @OptionGroup var loss: LossOptions
  @OptionGroup var backup: BackupOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunReport {
    try Commands.downgrade(context, target: revision, allowsLoss: loss.allowsLoss, backsUp: backup.backsUp)
  }
}
