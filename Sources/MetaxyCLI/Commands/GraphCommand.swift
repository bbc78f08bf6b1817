internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Works with the graph that the features form.",
    subcommands: [ExportGraphCommand.self])
}

struct ExportGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes the features as JSON, with their tables.",
    discussion: """
      An entrypoint that ends in .json reads the file: the same tables, the same versions.

        metaxy graph export > features.json
      """)

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphExport { try Commands.exportGraph(context) }
}
