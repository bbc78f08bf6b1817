internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct UpgradeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Apply revisions up to a target.",
    discussion: """
      Each section of a revision runs in one transaction; the last one updates the version. Operations that lose data are \
      refused before any change, unless the file contains `-- metaxy:allow` or --allow-destructive is set.

      A table is only rebuilt if it matches the revision's `expects:` and the disk has space for a copy of the database.
      """)

  @Argument(help: "A revision, a prefix of one, head, or +N.")
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
  @Flag(name: .customLong("allow-destructive"), help: "Allow operations that lose data.")
  var allowsLoss = false
}

/// The backup before a run.
struct BackupOptions: ParsableArguments {
  @Flag(
    name: .customLong("backup"),
    help: "First copy the database to a file next to it, named after its revision and the time.")
  var backsUp = false
}
