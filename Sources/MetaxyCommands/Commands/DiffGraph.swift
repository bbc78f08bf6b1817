internal import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxyRuntime

extension Commands {
  /// What the registered graph is compared with.
  package enum GraphBaseline: Sendable {
    /// A recorded snapshot, by the beginning of its version; nil for the one of the project that was recorded last.
    case snapshot(String?)
    /// Other sources: an exported graph, or Swift, written like an entrypoint.
    case sources(String)
  }

  /// Compares the registered graph with a recorded one, or with other sources, which needs no database.
  package static func diffGraph(
    _ context: CommandContext, against baseline: GraphBaseline
  ) throws(MetaxyError) -> GraphDifference {
    switch baseline {
    case .sources(let argument):
      let project = try Project.load(context)
      let source = try FeatureSource.load(context)
      let other = try FeatureSource.load(project, try project.sourceFiles(at: argument), reservedNames: [], context)
      return GraphDifference(
        from: other.versionedGraph(context), .sources(argument), to: source.versionedGraph(context))
    case .snapshot(let text):
      let session = try ProjectSession(context)
      let recorded = try GraphSession(session, forWriting: false)
      let source = try FeatureSource.load(session)
      let (graph, time) = try recorded.graph(text, of: source.project)
      return GraphDifference(from: graph, .recorded(at: time), to: source.versionedGraph(context))
    }
  }
}
