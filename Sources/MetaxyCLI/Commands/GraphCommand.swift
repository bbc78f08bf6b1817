internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Works with the graph that the features form.",
    subcommands: [PushGraphCommand.self, DiffGraphCommand.self, RenderGraphCommand.self, ExportGraphCommand.self])
}

struct PushGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Records the graph in the system tables of the store.",
    discussion: """
      A new snapshot gets a row for each feature; where the snapshot is there and only metadata changed, the features \
      concerned are added to it once more; else nothing is written. The answer is the snapshot's version.
      """)

  @Flag(help: "After going back: a snapshot that another one has followed counts as the last one again.")
  var again = false

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphPush {
    try Commands.pushGraph(context, again: again)
  }
}

struct DiffGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compares the graph with a recorded snapshot; exits with 2 when they differ.",
    discussion: """
      Without a flag with the snapshot of the project that was recorded last. Features that changed themselves are told \
      apart from those that are computed anew for what is upstream of them, and from those of which only metadata changed.

        metaxy graph export > before.json
        metaxy graph diff --against before.json
      """)

  @Option(help: ArgumentHelp("A recorded snapshot, or the beginning of its version.", valueName: "version"))
  var snapshot: String?

  @Option(
    help: ArgumentHelp("Other sources: an exported graph, Swift files, a directory or a pattern.", valueName: "sources")
  )
  var against: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard snapshot != nil, against != nil else { return }
    throw ValidationError("`--snapshot` and `--against` name two graphs; the registered one is compared with one")
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphDifference {
    try Commands.diffGraph(context, against: against.map { .sources($0) } ?? .snapshot(snapshot))
  }
}

struct RenderGraphCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Draws the graph: as a tree, or for Mermaid or Graphviz.",
    discussion: """
      --format is text, json, mermaid or dot. In the tree what depends on a feature stands below it; `(*)` marks one that \
      was drawn before, with all that is below it.

        metaxy graph render --format dot | dot -Tsvg > features.svg
        metaxy graph render --feature video/crop --up 1 --down 0
      """)

  static let formats: Set<OutputFormat> = [.text, .json, .mermaid, .dot]

  @Option(help: ArgumentHelp("Only this feature, with what is upstream and downstream of it.", valueName: "key"))
  var feature: String?

  @Option(help: ArgumentHelp("How many steps upstream of --feature; all by default.", valueName: "steps"))
  var up: Int?

  @Option(help: ArgumentHelp("How many steps downstream of --feature; all by default.", valueName: "steps"))
  var down: Int?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if feature == nil, up != nil || down != nil {
      throw ValidationError("`--up` and `--down` count from a feature; name it with `--feature`")
    }
    if (up ?? 0) < 0 || (down ?? 0) < 0 { throw ValidationError("a number of steps is not negative") }
  }

  func answer(_ context: CommandContext) throws(MetaxyError) -> RenderedGraph {
    let form: RenderedGraph.Form =
      switch global.format {
      case .mermaid: .mermaid
      case .dot: .dot
      case .text, .json: .tree
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
    commandName: "export", abstract: "Writes the features as JSON, with their tables.",
    discussion: """
      An entrypoint that ends in .json reads the file: the same tables, the same versions.

        metaxy graph export > features.json
      """)

  @OptionGroup var global: GlobalOptions

  func answer(_ context: CommandContext) throws(MetaxyError) -> GraphExport { try Commands.exportGraph(context) }
}
