package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxySchema

extension Commands {
  /// Writes the registered features as data, which an entrypoint that ends in `.json` reads. It reads sources alone.
  package static func exportGraph(_ context: CommandContext) throws(MetaxyError) -> GraphExport {
    let source = try FeatureSource.load(context)
    return GraphExport(
      json: ExportedGraph.json(
        of: source.graph.features, project: source.project, truncatedTo: source.truncationLength,
        infersTableNames: source.infersTableNames))
  }
}

/// The registered features as data: the same text for people and for programs.
package struct GraphExport: Report {
  package var json: JSONValue
  package var text: String { json.text() }
}
