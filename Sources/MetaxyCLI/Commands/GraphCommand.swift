internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Work with the graph of the features.",
    subcommands: [PushGraphCommand.self, DiffGraphCommand.self, RenderGraphCommand.self, ExportGraphCommand.self])
}

struct PushGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Record the graph in the system tables of the store.",
    discussion: """
      A new snapshot gets a row for each feature. If the snapshot exists and only metadata changed, the changed features \
      get another row; otherwise nothing is written. The output is the snapshot's version.
      """)

  @Flag(help: "Make an earlier snapshot the latest one again.")
  var again = false

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphPush {
    try Commands.pushGraph(context, again: again)
  }
}

struct DiffGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare the graph with a recorded snapshot; exit with 2 if they differ.",
    discussion: """
      The default is the project's latest snapshot. Features with changed definitions are listed separately from those \
      that are recomputed because of upstream changes, and from those with only changed metadata.

        metaxy graph export > before.json
        metaxy graph diff --against before.json
      """)

  @Option(help: ArgumentHelp("A recorded snapshot, or a prefix of its version.", valueName: "version"))
  var snapshot: String?

  @Option(
    help: ArgumentHelp("Other sources: an exported graph, Swift files, a directory or a pattern.", valueName: "sources")
  )
  var against: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard snapshot != nil, against != nil else { return }
    throw ValidationError(
      "`--snapshot` and `--against` choose two graphs, but the registered graph is compared with one")
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphDifference {
    try Commands.diffGraph(context, against: against.map { .sources($0) } ?? .snapshot(snapshot))
  }
}

struct RenderGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Draw the graph as a tree or as SVG, or for Mermaid or Graphviz.",
    discussion: """
      --format is text, json, svg, mermaid or dot. In the tree, the dependents of a feature are below it; `(*)` marks a \
      feature whose dependents are already listed above.

        metaxy graph render --format svg > features.svg
        metaxy graph render --feature video/crop --up 1 --down 0
      """)

  static let formats: Set<OutputFormat> = [.text, .json, .svg, .mermaid, .dot]

  @Option(
    help: ArgumentHelp("Only this feature, with its upstream and downstream features.", valueName: "key"),
    completion: Completion.feature)
  var feature: String?

  @Option(help: ArgumentHelp("The number of steps upstream of --feature; all by default.", valueName: "steps"))
  var up: Int?

  @Option(help: ArgumentHelp("The number of steps downstream of --feature; all by default.", valueName: "steps"))
  var down: Int?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if feature == nil, up != nil || down != nil {
      throw ValidationError("`--up` and `--down` need a feature: add `--feature`")
    }
    if (up ?? 0) < 0 || (down ?? 0) < 0 { throw ValidationError("a number of steps must not be negative") }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RenderedGraph {
    let form: RenderedGraph.Form =
      switch global.format {
      case .mermaid: .mermaid
      case .dot: .dot
      case .svg: .svg
      case .text, .json, .csv, .jsonl, .github, .sarif: .tree
      }
    return try Commands.renderGraph(
      context, as: form, selecting: feature.map { GraphSelection(feature: Self.key($0), up: up, down: down) })
  }
}

extension RenderGraphCommand {
  /// Reads `video/crop`, or the name of its table, `video__crop`: no part of a key contains `__`.
  private static func key(_ text: String) -> FeatureKey { FeatureKey(text.replacing("__", with: "/")) }
}

struct ExportGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Export the features as JSON, with their tables.",
    discussion: """
      An entrypoint that ends in .json reads the file, with the same tables and versions.

        metaxy graph export > features.json
      """)

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphExport { try Commands.exportGraph(context) }
}
