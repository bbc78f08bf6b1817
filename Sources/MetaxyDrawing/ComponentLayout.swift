/// The layout of nodes that edges connect, from its own origin.
struct ComponentLayout {
  let frames: [LayeredLayout.Frame]
  let routes: [LayeredLayout.Route]
  let width: Int
  let height: Int

  /// The height of the place of an edge in a layer, and between the edges that go around.
  private static let lane = 10

  init(_ component: Digraph.Component, sizes: [(width: Int, height: Int)], _ spacing: LayeredLayout.Spacing) {
    let graph = LayeredGraph(component.graph)
    let order = LayerOrder(graph)
    let heights = graph.layers.indices.map { Double(graph.isNode($0) ? sizes[$0].height : 2) }
    let alignment = LayerAlignment(graph, order, heights: heights, gap: Double(spacing.nodes))
    let around = Self.lanes(of: graph)
    let top = zip(alignment.middles, heights).map { $0 - $1 / 2 }.min() ?? 0
    // The edges that go around are above the nodes.
    let middles = alignment.middles.map { Int(($0 - top).rounded()) + around.count * Self.lane }

    let widths = order.layers.map { layer in
      layer.reduce(0) { max($0, graph.isNode($1) ? sizes[$1].width : 0) }
    }
    var starts: [Int] = []
    var x = 0
    for width in widths {
      starts.append(x)
      x += width + spacing.layers
    }
    width = max(0, x - spacing.layers)
    frames = sizes.indices.map { node in
      let layer = graph.layers[node]
      return LayeredLayout.Frame(
        x: starts[layer], y: middles[node] - sizes[node].height / 2, width: widths[layer], height: sizes[node].height)
    }
    height = max(
      frames.reduce(0) { max($0, $1.y + $1.height) },
      graph.layers.indices.reduce(0) { max($0, graph.isNode($1) ? 0 : middles[$1] + 1) })
    routes = graph.edges.map { edge in
      let (first, last) = (graph.layers[edge.from], graph.layers[edge.to])
      var points = [LayeredLayout.Point(x: starts[first] + widths[first], y: middles[edge.from])]
      if let lane = around[edge.from], edge.goesAround {
        let y = lane * Self.lane + Self.lane / 2
        points += [.init(x: starts[first + 1], y: y), .init(x: starts[last] - spacing.layers, y: y)]
      }
      for place in edge.places {
        let layer = graph.layers[place]
        points += [
          .init(x: starts[layer], y: middles[place]), .init(x: starts[layer] + widths[layer], y: middles[place]),
        ]
      }
      points.append(.init(x: starts[last], y: middles[edge.to]))
      return LayeredLayout.Route(
        from: edge.isReversed ? edge.to : edge.from, to: edge.isReversed ? edge.from : edge.to,
        isReversed: edge.isReversed, points: points)
    }
  }

  /// Returns a lane for each node with edges that go around: those of a node share it.
  private static func lanes(of graph: LayeredGraph) -> [Int: Int] {
    var lanes: [Int: Int] = [:]
    for edge in graph.edges where edge.goesAround && lanes[edge.from] == nil { lanes[edge.from] = lanes.count }
    return lanes
  }
}
