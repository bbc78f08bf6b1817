/// The order of nodes and places in each layer, with few crossings of edges.
struct LayerOrder {
  /// The nodes and places of each layer, from the top.
  private(set) var layers: [[Int]]

  /// The number of sweeps from left to right and back.
  private static let sweeps = 8

  init(_ graph: LayeredGraph) {
    layers = Self.firstOrder(graph)
    var best = layers
    var fewest = crossings(graph)
    for sweep in 0..<Self.sweeps where fewest > 0 {
      let forward = sweep.isMultiple(of: 2)
      let order = forward ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
      var positions = Self.positions(layers, count: graph.layers.count)
      for layer in order { sort(layer, by: forward ? graph.left : graph.right, &positions) }
      let count = crossings(graph)
      guard count < fewest else { continue }
      (best, fewest) = (layers, count)
    }
    layers = best
  }

  /// Returns the order in which a depth-first search from the left reaches nodes and places: trees have no crossings.
  private static func firstOrder(_ graph: LayeredGraph) -> [[Int]] {
    var layers = [[Int]](repeating: [], count: graph.layerCount)
    var isReached = [Bool](repeating: false, count: graph.layers.count)
    for start in graph.layers.indices where graph.left[start].isEmpty {
      var stack = [start]
      while let place = stack.popLast() {
        guard !isReached[place] else { continue }
        isReached[place] = true
        layers[graph.layers[place]].append(place)
        stack += graph.right[place].reversed()
      }
    }
    return layers
  }

  private static func positions(_ layers: [[Int]], count: Int) -> [Int] {
    var positions = [Int](repeating: 0, count: count)
    for layer in layers { for (position, place) in layer.enumerated() { positions[place] = position } }
    return positions
  }

  /// Sorts a layer by the mean position of the neighbours on one side; without neighbours there, a place stays where it is.
  private mutating func sort(_ layer: Int, by neighbours: [[Int]], _ positions: inout [Int]) {
    let keyed = layers[layer].enumerated().map { position, place in
      let near = neighbours[place]
      let sum = near.reduce(0) { $0 + positions[$1] }
      return (
        key: near.isEmpty ? Double(position) : Double(sum) / Double(near.count), position: position, place: place
      )
    }
    layers[layer] = keyed.sorted { ($0.key, $0.position) < ($1.key, $1.position) }.map(\.place)
    for (position, place) in layers[layer].enumerated() { positions[place] = position }
  }

  /// Returns the number of crossings of edges.
  func crossings(_ graph: LayeredGraph) -> Int {
    let positions = Self.positions(layers, count: graph.layers.count)
    return zip(layers, layers.dropFirst()).reduce(0) { count, pair in
      // Edges in the order of their left ends cross where their right ends are in the other order.
      let ends = pair.0.flatMap { place in graph.right[place].map { positions[$0] }.sorted() }
      return count + Self.inversions(ends, below: pair.1.count)
    }
  }

  /// Returns the number of pairs in falling order, with a Fenwick tree over the values.
  private static func inversions(_ values: [Int], below limit: Int) -> Int {
    var tree = [Int](repeating: 0, count: limit + 1)
    var count = 0
    for (seen, value) in values.enumerated() {
      var notGreater = 0
      var place = value + 1
      while place > 0 {
        notGreater += tree[place]
        place &= place - 1
      }
      count += seen - notGreater
      place = value + 1
      while place <= limit {
        tree[place] += 1
        place += place & -place
      }
    }
    return count
  }
}
