/// Places the nodes of a directed graph in layers, from left to right: an edge goes from one layer to a later one.
///
/// The steps are those of Sugiyama, Tagawa and Toda (1981): cycles are opened, nodes get layers, edges over several layers get
/// places in those between, orders that cross little are found by barycentres, and places by least squares. Parts of the graph
/// without edges between them are laid out by themselves and packed on shelves. The same graph has the same layout. The time
/// grows with nodes and edges, times the logarithm for sorting.
package struct LayeredLayout: Sendable {
  /// The distances of a layout, in the unit of the sizes.
  package struct Spacing: Sendable {
    /// Between the nodes of a layer.
    package var nodes = 14
    /// Between two layers; edges bend there.
    package var layers = 60
    /// Between parts without edges between them.
    package var parts = 28
    /// The width that the packed parts should have, if no part is wider.
    package var width = 1080

    package init() {}
  }

  /// The place of a node; the nodes of a layer have the same width.
  package struct Frame: Sendable, Hashable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int
  }

  package struct Point: Sendable, Hashable {
    package var x: Int
    package var y: Int
  }

  /// An edge, from its left end to its right end.
  package struct Route: Sendable, Hashable {
    /// The node where the edge starts, and the one to which it goes.
    package var from: Int
    package var to: Int
    /// Whether it goes from right to left, because it closes a cycle.
    package var isReversed: Bool
    /// The ends and what is between them, by rising x: curves between layers alternate with straight lines across a layer, and the
    /// first and the last are curves.
    package var points: [Point]
  }

  /// The places of the nodes, by node.
  package let frames: [Frame]
  package let routes: [Route]
  package let width: Int
  package let height: Int

  /// - Parameters:
  ///   - sizes: the width and height that each node needs.
  ///   - edges: pairs of nodes; repetitions, and edges from a node to itself, are left out.
  package init(sizes: [(width: Int, height: Int)], edges: [(from: Int, to: Int)], spacing: Spacing = Spacing()) {
    let graph = Digraph(count: sizes.count, edges: edges)
    var frames = [Frame](repeating: Frame(x: 0, y: 0, width: 0, height: 0), count: sizes.count)
    var routes: [Route] = []
    var shelves = ShelfPacking(spacing)
    for part in graph.components {
      let layout = ComponentLayout(part, sizes: part.nodes.map { sizes[$0] }, spacing)
      let origin = shelves.place(width: layout.width, height: layout.height)
      for (frame, node) in zip(layout.frames, part.nodes) {
        frames[node] = Frame(
          x: frame.x + origin.x, y: frame.y + origin.y, width: frame.width, height: frame.height)
      }
      routes += layout.routes.map { route in
        Route(
          from: part.nodes[route.from], to: part.nodes[route.to], isReversed: route.isReversed,
          points: route.points.map { Point(x: $0.x + origin.x, y: $0.y + origin.y) })
      }
    }
    self.frames = frames
    self.routes = routes
    width = shelves.width
    height = shelves.height
  }
}
