internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct InitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Makes metaxy.toml and the environments that are missing.")

  @Argument(help: "The directory of one environment to make; both without it.")
  var directory: String?

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> InitialiseReport {
    try Commands.initialise(context, directory: directory)
  }
}
