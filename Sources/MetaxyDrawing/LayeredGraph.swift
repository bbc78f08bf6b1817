/// A graph in layers, with a place in each layer that an edge crosses.
struct LayeredGraph {
  /// An edge of the graph, from an earlier layer to a later one.
  struct Edge {
    let from: Int
    let to: Int
    let isReversed: Bool
    /// The places in the layers between, from the left.
    var places: [Int] = []
    /// Whether the edge crosses so many layers that it goes around them.
    var goesAround = false
  }

  /// The number of layers that an edge crosses at most; more would make the work grow with the length of edges.
  static let reach = 12

  /// The number of nodes; greater numbers are places of edges.
  let nodeCount: Int
  private(set) var layers: [Int]
  private(set) var edges: [Edge]
  /// The nodes and places to the left and to the right of each.
  private(set) var left: [[Int]]
  private(set) var right: [[Int]]
  let layerCount: Int

  init(_ graph: Digraph) {
    nodeCount = graph.count
    let acyclic = graph.acyclicEdges
    layers = graph.layers(acyclic)
    layerCount = (layers.max() ?? -1) + 1
    left = Array(repeating: [], count: graph.count)
    right = left
    edges = []
    for edge in acyclic { add(Edge(from: edge.from, to: edge.to, isReversed: edge.isReversed)) }
  }

  private mutating func add(_ edge: Edge) {
    var edge = edge
    edge.goesAround = layers[edge.to] - layers[edge.from] - 1 > Self.reach
    if !edge.goesAround {
      var last = edge.from
      for layer in (layers[edge.from] + 1)..<max(layers[edge.to], layers[edge.from] + 1) {
        let place = layers.count
        layers.append(layer)
        left.append([])
        right.append([])
        edge.places.append(place)
        connect(last, place)
        last = place
      }
      connect(last, edge.to)
    }
    edges.append(edge)
  }

  private mutating func connect(_ from: Int, _ to: Int) {
    right[from].append(to)
    left[to].append(from)
  }

  func isNode(_ place: Int) -> Bool { place < nodeCount }
}
