internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyRevisions

struct DowngradeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "downgrade", abstract: "Revert revisions down to a target.",
    discussion: """
      `metaxy downgrade -1` reverts one revision, `metaxy downgrade base` all of them. Operations that lose data are \
      refused before any change, unless the file contains `-- metaxy:allow` or --allow-destructive is set.
      """)

  @Argument(help: "A revision, a prefix of one, base, or -N; with --sql FROM:TO.")
  var revision: String

  @OptionGroup var script: ScriptOptions
  @OptionGroup var dryRun: DryRunOptions
  @OptionGroup var loss: LossOptions
  @OptionGroup var backup: BackupOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func validate() throws { try script.validate(besides: backup, dryRun) }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunAnswer {
    if script.isOffline { return .script(try Commands.downgradeScript(context, script.request(revision, loss))) }
    if dryRun.isDry {
      return .dryRun(try Commands.dryRun(context, .downgrade, target: revision, allowsLoss: loss.allowsLoss))
    }
    return .run(try Commands.downgrade(context, target: revision, allowsLoss: loss.allowsLoss, backsUp: backup.backsUp))
  }
}
