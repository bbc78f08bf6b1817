internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct UpgradeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Runs the revisions that lead up to a target.",
    discussion: """
      Each section of a revision runs in one transaction, the version moves in the last one. What loses data is refused \
      before anything is done, unless the file says `-- metaxy:allow` or the command --allow-destructive.

      A table is made anew only when it is as the revision knows it, and when the disk has room for a copy of the database.
      """)

  @Argument(help: "A revision, the beginning of one, head, or +N.")
  var revision = "head"

  @OptionGroup var loss: LossOptions
  @OptionGroup var backup: BackupOptions
  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RunReport {
    try Commands.upgrade(context, target: revision, allowsLoss: loss.allowsLoss, backsUp: backup.backsUp)
  }
}

/// The consent to losing data.
struct LossOptions: ParsableArguments {
  @Flag(name: .customLong("allow-destructive"), help: "Runs what loses data, too.")
  var allowsLoss = false
}

/// The backup before a run.
struct BackupOptions: ParsableArguments {
  @Flag(
    name: .customLong("backup"),
    help: "Copies the database first, to a file beside it that is named after its revision and the time.")
  var backsUp = false
}
