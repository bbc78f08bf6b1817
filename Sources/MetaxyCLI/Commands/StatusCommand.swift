internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct StatusCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the state of every store and environment.",
    discussion: """
      With --rows also the rows of every feature: for each feature version its rows and samples, and in generation 0.1 the \
      time of the latest write.
      """)

  @Flag(help: "Count the rows and samples of every feature.")
  var rows = false

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var global: GlobalOptions

  static var takesSeveralStores: Bool { true }

  func answer(_ context: CommandContext) throws(MetaxyError) -> StatusReport {
    let request = fleet.request(global)
    return try request.isFleet
      ? Commands.status(context, request, countingRows: rows) : Commands.status(context, countingRows: rows)
  }
}
