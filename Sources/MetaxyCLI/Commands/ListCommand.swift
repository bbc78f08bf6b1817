internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List registered objects.", subcommands: [ListFeaturesCommand.self])
}

struct ListFeaturesCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "features", abstract: "List the features with their versions, tables, fields and dependencies.")

  @Flag(name: [.short, .long], help: "Show every version of a feature and of its fields, and its type.")
  var verbose = false

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> FeatureList {
    try Commands.listFeatures(context, verbose: verbose)
  }
}
