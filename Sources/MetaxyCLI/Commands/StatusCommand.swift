internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct StatusCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the state of every store and environment.")

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> StatusReport { try Commands.status(context) }
}
