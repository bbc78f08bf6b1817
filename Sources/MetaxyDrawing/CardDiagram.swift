/// A graph of cards as SVG: layers from left to right, connected by curves.
package struct CardDiagram: Sendable {
  /// A node: a title, a line below it, and rows.
  package struct Card: Sendable {
    /// A line of a card: a name on the left, a remark on the right.
    package struct Row: Sendable {
      package var name: String
      package var remark: String

      package init(_ name: String, _ remark: String = "") {
        self.name = name
        self.remark = remark
      }
    }

    package var title: String
    package var subtitle: String
    package var rows: [Row]
    /// The target of the link that the card is; nil for none.
    package var link: String?
    /// Whether the card is the subject of the diagram.
    package var isCurrent = false
    /// Whether something about it needs attention.
    package var isMarked = false

    package init(title: String, subtitle: String = "", rows: [Row] = [], link: String? = nil) {
      self.title = title
      self.subtitle = subtitle
      self.rows = rows
      self.link = link
    }
  }

  package var cards: [Card]
  /// Pairs of cards, by position.
  package var edges: [(from: Int, to: Int)]
  /// What the diagram shows, for users who do not see it.
  package var label: String

  package init(_ cards: [Card], edges: [(from: Int, to: Int)], label: String) {
    self.cards = cards
    self.edges = edges
    self.label = label
  }

  /// The distance around the drawing.
  private static let margin = 4

  /// The drawing as an element of a page, whose style sheet contains ``rules``.
  package var element: Markup { drawing(attributes: " class=\"diagram\"", style: "") }

  /// The drawing as a file of its own, with its colours for light and dark screens.
  package var file: Markup {
    drawing(
      attributes: " xmlns=\"http://www.w3.org/2000/svg\"",
      style: "<style>\n\(Markup(stringLiteral: Self.colours + Self.rules))</style>\n")
  }

  private func drawing(attributes: Markup, style: Markup) -> Markup {
    let layout = LayeredLayout(sizes: cards.map { CardText($0).size }, edges: edges)
    let margin = Self.margin
    let (width, height) = (layout.width + 2 * margin, layout.height + 2 * margin)
    var lines = layout.routes.map { Self.path(of: $0) }
    let heads = Set(layout.routes.map(ArrowHead.init)).sorted().map(\.path)
    if !heads.isEmpty { lines.append("<path class=\"head\" d=\"\(heads.joined())\"/>") }
    let nodes = zip(cards, layout.frames).map { CardText($0).element(in: $1) }
    return """
      <svg\(attributes) width="\(width)" height="\(height)" viewBox="-\(margin) -\(margin) \(width) \(height)" role="group" \
      aria-label="\(label)">
      \(style)\((lines + nodes).joined(separator: "\n"))
      </svg>
      """
  }

  /// Curves between layers, straight lines across them.
  private static func path(of route: LayeredLayout.Route) -> Markup {
    guard let first = route.points.first else { return "" }
    var path: Markup = "M\(first.x) \(first.y)"
    var last = first
    for (place, point) in route.points.enumerated().dropFirst() {
      let middle = (last.x + point.x) / 2
      path +=
        place.isMultiple(of: 2)
        ? "H\(point.x)" : "C\(middle) \(last.y) \(middle) \(point.y) \(point.x) \(point.y)"
      last = point
    }
    return "<path class=\"edge\" d=\"\(path)\"/>"
  }

  /// The end of an edge: several edges to a card share it.
  private struct ArrowHead: Hashable, Comparable {
    var x: Int
    var y: Int
    var pointsLeft: Bool

    init(_ route: LayeredLayout.Route) {
      let end = route.isReversed ? route.points.first : route.points.last
      x = end?.x ?? 0
      y = end?.y ?? 0
      pointsLeft = route.isReversed
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.x, left.y, left.pointsLeft ? 1 : 0) < (right.x, right.y, right.pointsLeft ? 1 : 0)
    }

    var path: Markup { pointsLeft ? "M\(x) \(y)l7 -4v8z" : "M\(x) \(y)l-7 -4v8z" }
  }
}

// The style sheet.
extension CardDiagram {
  /// The rules for the elements of a drawing; they take their colours from variables.
  package static let rules = """
    .card rect { fill: var(--surface); stroke: var(--line-strong); }
    .card text { font: 12px var(--mono); fill: var(--text); }
    .card .title { font-weight: 600; }
    .card .row { font-size: 11px; }
    .card .soft { fill: var(--muted); font-size: 11px; }
    .card .rule { stroke: var(--line); }
    .card.current rect { stroke: var(--accent); stroke-width: 2; }
    .card .mark { fill: var(--warn); }
    .edge { fill: none; stroke: var(--edge); stroke-width: 1.25; }
    .head { fill: var(--edge); }

    """

  /// The variables of a drawing that is a file of its own.
  private static let colours = """
    svg { --surface: #ffffff; --text: #1d2127; --muted: #59616c; --line: #e3e6ea; --line-strong: #b6bdc7; --edge: #8a93a0;
      --accent: #1d5fc4; --warn: #b45309; --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    @media (prefers-color-scheme: dark) {
      svg { --surface: #1b1f26; --text: #e5e8ec; --muted: #a0a9b5; --line: #2e343e; --line-strong: #4a5361; --edge: #77818f;
        --accent: #7fb0ff; --warn: #f0b45a; background: #14171c; }
    }

    """
}
