package import MetaxyErrors
internal import MetaxyProject

extension Commands {
  /// The graph that the registered one is compared with.
  package enum GraphBaseline: Sendable {
    /// A recorded snapshot, by the prefix of its version; nil for the project's latest one.
    case snapshot(String?)
    /// Other sources: an exported graph, or Swift, in the form of an entrypoint.
    case sources(String)
  }

  /// Compares the registered graph with a recorded one, or with other sources, which requires no database.
  package static func diffGraph(
    _ context: CommandContext, against baseline: GraphBaseline
  ) throws(MetaxyError) -> GraphDifference {
    switch baseline {
    case .sources(let argument):
      let project = try Project.load(context)
      let source = try FeatureSource.load(context)
      let other = try FeatureSource.load(
        project, try project.sourceFiles(at: argument), reservedTables: [],
        prefix: try project.tablePrefix(), context)
      guard other.generation == source.generation else {
        throw .otherGeneration(other.generation, of: argument, than: source.generation)
      }
      return GraphDifference(
        from: other.versionedGraph(context), .sources(argument), to: source.versionedGraph(context))
    case .snapshot(let text):
      let session = try ProjectSession(context)
      let recorded = try GraphSession(session, forWriting: false)
      let source = try FeatureSource.load(session)
      try recorded.compareExternalFeatures(source)
      let (graph, time) = try recorded.graph(text, of: source.project)
      return GraphDifference(from: graph, .recorded(at: time), to: source.recordableGraph(context))
    }
  }
}
