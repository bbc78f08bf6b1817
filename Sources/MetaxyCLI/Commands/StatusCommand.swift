internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct StatusCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the state of every store and environment.")

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var global: GlobalOptions

  static var takesSeveralStores: Bool { true }

  func answer(_ context: CommandContext) throws(MetaxyError) -> StatusReport {
    let request = fleet.request(global)
    return try request.isFleet ? Commands.status(context, request) : Commands.status(context)
  }
}
