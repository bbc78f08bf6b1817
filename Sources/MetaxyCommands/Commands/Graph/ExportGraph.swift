package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxySchema

extension Commands {
  /// Exports the registered features as data for an entrypoint that ends in `.json`. Only reads sources.
  package static func exportGraph(_ context: CommandContext) throws(MetaxyError) -> GraphExport {
    let source = try FeatureSource.load(context)
    source.warnOfSharedTables(context)
    return GraphExport(
      json: ExportedGraph.json(
        of: source.graph.features, source.declared, project: source.project, truncatedTo: source.truncationLength,
        infersTableNames: source.infersTableNames, tablePrefix: source.prefix,
        versions: source.generation == .seed ? nil : source.versions(context)))
  }
}

/// The registered features as data; the text and JSON renderings are the same.
package struct GraphExport: Report {
  package var json: JSONValue
  package var text: String { json.text() }
}
