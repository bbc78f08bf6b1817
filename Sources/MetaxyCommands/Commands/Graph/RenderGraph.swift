package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph

extension Commands {
  /// Renders the registered graph or a part of it. Only reads sources, no database.
  package static func renderGraph(
    _ context: CommandContext, as form: RenderedGraph.Form, selecting selection: GraphSelection?
  ) throws(MetaxyError) -> RenderedGraph {
    let graph = try FeatureSource.load(context).versionedGraph(context)
    return RenderedGraph(graph: try selection?.part(of: graph) ?? graph, form: form)
  }
}

/// A graph as text for users, or for programs that draw it.
package struct RenderedGraph: Report {
  package enum Form: Sendable {
    case tree, mermaid, dot, svg
  }

  var graph: VersionedGraph
  var form: Form

  package var json: JSONValue {
    .object([
      .init("snapshot_version", .string(graph.snapshot)),
      .init(
        "features",
        .array(
          graph.features.map { feature in
            .object([
              .init("key", .string(feature.key.text)),
              .init("feature_version", .string(feature.featureVersion)),
              .init("fields", .texts(feature.definition.fields.map(\.key.text))),
              .init("dependencies", .texts(feature.upstream.map(\.text))),
            ])
          })),
    ])
  }

  package var text: String {
    switch form {
    case .tree: GraphDrawing.tree(of: graph)
    case .mermaid: GraphDrawing.mermaid(graph)
    case .dot: GraphDrawing.dot(graph)
    case .svg: GraphDrawing.svg(graph)
    }
  }
}
