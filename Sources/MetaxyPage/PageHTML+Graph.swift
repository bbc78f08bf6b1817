internal import MetaxyDrawing

// The drawings.
extension PageHTML {
  /// The number of features up to which the whole graph is drawn; of more, each feature has its neighbourhood.
  static let wholeGraph = 80
  /// The number of tables up to which those with foreign keys are drawn.
  private static let wholeTables = 60
  /// The number of columns that a card lists.
  private static let shownColumns = 12

  var drawsNeighbourhoods: Bool { features.count > Self.wholeGraph }

  var graphPart: Markup {
    """
    <section aria-labelledby="graph">
    <h2 id="graph">Graph</h2>
    \(features.isEmpty ? "<p class=\"empty\">There are no features.</p>\n" : featureGraph)\(tableGraph)\
    </section>

    """
  }

  private var featureGraph: Markup {
    guard drawsNeighbourhoods else {
      return "<p class=\"lead\">A feature is to the right of those that it is computed from.</p>\n"
        + Piece.figure(diagram(features, label: "Feature graph"))
    }
    let reason: Markup =
      "\(features.count) features are too many for one drawing: each feature below has its neighbours drawn"
    guard let groups = groupDiagram else { return "<p class=\"lead\">\(reason).</p>\n" }
    return "<p class=\"lead\">\(reason), and this one has the features by the first part of their keys.</p>\n"
      + Piece.figure(groups)
  }

  private func diagram(_ features: [PageFeature], label: String, around current: String? = nil) -> CardDiagram {
    let places = Dictionary(features.enumerated().map { ($1.key, $0) }) { first, _ in first }
    let cards = features.map { feature in
      let rows = feature.fields.prefix(6).map { CardDiagram.Card.Row($0.key, "code \($0.codeVersion)") }
      let more = feature.fields.count - rows.count
      var card = CardDiagram.Card(
        title: feature.key, subtitle: String(feature.version.prefix(8)),
        rows: rows + (more > 0 ? [.init("\(more) more")] : []), link: "#" + Anchor.feature(feature.key))
      card.isCurrent = feature.key == current
      card.isMarked = feature.table.map(markedTables.contains) ?? false
      return card
    }
    let edges = features.enumerated().flatMap { place, feature in
      feature.upstream.compactMap { key in places[key].map { (from: $0, to: place) } }
    }
    return CardDiagram(cards, edges: edges, label: label)
  }

  /// Features by the first part of their keys; nil if that does not make the graph small and sparse.
  private var groupDiagram: CardDiagram? {
    func group(_ key: String) -> String { String(key.prefix { $0 != "/" }) }
    let counts = Dictionary(grouping: features) { group($0.key) }.mapValues(\.count)
    guard counts.count > 1, counts.count <= Self.wholeGraph else { return nil }
    let names = counts.keys.sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let edges = features.flatMap { feature in
      feature.upstream.compactMap { key -> (from: Int, to: Int)? in
        guard let from = places[group(key)], let to = places[group(feature.key)] else { return nil }
        return (from, to)
      }
    }
    // Groups that nearly all depend on each other show nothing.
    guard Set(edges.map { [$0.from, $0.to] }).count <= 3 * names.count else { return nil }
    let cards = names.map { name in
      let first = features.first { group($0.key) == name }
      return CardDiagram.Card(
        title: name, subtitle: counts[name] == 1 ? "1 feature" : "\(counts[name] ?? 0) features",
        link: first.map { "#" + Anchor.feature($0.key) })
    }
    return CardDiagram(cards, edges: edges, label: "Feature graph by the first parts of the keys")
  }

  /// A feature with its direct neighbours, at most twelve on each side.
  func neighbourhood(_ feature: PageFeature) -> Markup {
    let upstream = feature.upstream.compactMap { featurePlaces[$0].map { features[$0] } }
    let near = upstream.prefix(12) + (downstream[feature.key] ?? []).prefix(12)
    var seen: Set<String> = []
    let shown = ([feature] + near).filter { seen.insert($0.key).inserted }
    return Piece.figure(diagram(shown, label: "Neighbours of \(feature.key)", around: feature.key))
  }

  /// The tables with foreign keys.
  private var tableGraph: Markup {
    let linked = Set(tables.filter { !$0.references.isEmpty }.flatMap { [$0.name] + $0.references })
    let shown = tables.filter { linked.contains($0.name) }
    guard !shown.isEmpty else { return "" }
    guard shown.count <= Self.wholeTables else {
      return """
        <p class="lead">\(shown.count) tables have foreign keys, too many for one drawing: each table lists its own.</p>

        """
    }
    let places = Dictionary(shown.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let cards = shown.map { table in
      let rows = table.columns.prefix(Self.shownColumns).map {
        CardDiagram.Card.Row($0.name, $0.type + ($0.isNullable ? "?" : ""))
      }
      let more = table.columns.count - rows.count
      var card = CardDiagram.Card(
        title: table.name, rows: rows + (more > 0 ? [.init("\(more) more")] : []),
        link: "#" + Anchor.table(table.name))
      card.isMarked = markedTables.contains(table.name)
      return card
    }
    let edges = shown.enumerated().flatMap { place, table in
      table.references.compactMap { name in places[name].map { (from: place, to: $0) } }
    }
    return """
      <h3>Tables with foreign keys</h3>
      <p class="lead">A table is to the left of those that it refers to; <code>?</code> marks columns that can be NULL.</p>
      \(Piece.figure(CardDiagram(cards, edges: edges, label: "Tables with foreign keys")))
      """
  }
}
