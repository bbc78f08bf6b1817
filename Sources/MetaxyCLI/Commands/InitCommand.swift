internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct InitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Create metaxy.toml and the environments, if missing.")

  @Argument(help: "The directory of the one environment to create; both by default.")
  var directory: String?

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> InitialiseReport {
    try Commands.initialise(context, directory: directory)
  }
}
