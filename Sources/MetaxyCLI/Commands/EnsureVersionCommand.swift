internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct EnsureVersionCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ensure_version", abstract: "Create the version and log tables if they do not exist.",
    aliases: ["ensure-version"])

  @OptionGroup var environments: EnvironmentOptions
  @OptionGroup var global: GlobalOptions

  var allEnvironments: Bool { environments.all }

  func answer(_ context: CommandContext) throws(MetaxyError) -> VersionTablesReport {
    try Commands.ensureVersion(context)
  }
}
