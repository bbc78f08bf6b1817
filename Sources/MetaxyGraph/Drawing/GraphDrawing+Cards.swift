package import MetaxyDrawing
package import MetaxyFeatures

extension GraphDrawing {
  /// The number of fields that a card lists.
  private static let shownFields = 6

  /// Returns the graph as cards with versions and fields.
  ///
  /// - Parameter link: returns the target of the link that the card of a feature is; nil for none.
  package static func cards(
    of graph: VersionedGraph, label: String, link: (FeatureKey) -> String? = { _ in nil }
  ) -> CardDiagram {
    CardDiagram(
      graph.features.map { feature in
        let fields = feature.definition.fields
        let more = fields.count - shownFields
        let rows = fields.prefix(more > 1 ? shownFields : shownFields + 1).map {
          CardDiagram.Card.Row($0.key.text, "code \($0.codeVersion)")
        }
        return .init(
          title: feature.key.text, subtitle: String(feature.featureVersion.prefix(shownCharacters)),
          rows: rows + (more > 1 ? [.init("\(more) more")] : []), link: link(feature.key))
      },
      edges: edges(of: graph).map { (from: $0, to: $1) }, label: label)
  }

  /// Returns the graph as an SVG file, without Graphviz.
  package static func svg(_ graph: VersionedGraph) -> String {
    cards(of: graph, label: "the graph of the features, snapshot \(graph.snapshot)").file.text
  }
}
