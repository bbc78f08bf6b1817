/// The vertical places of nodes in ordered layers: each is as near to its neighbours as the order and the distances allow.
struct LayerAlignment {
  /// The middle of each node and place; the first is not necessarily at 0.
  private(set) var middles: [Double]
  private let heights: [Double]
  private let gap: Double

  /// The number of passes over the layers.
  private static let passes = 6

  /// - Parameter heights: the heights of nodes and places.
  init(_ graph: LayeredGraph, _ order: LayerOrder, heights: [Double], gap: Double) {
    self.heights = heights
    self.gap = gap
    middles = [Double](repeating: 0, count: heights.count)
    for layer in order.layers {
      var top = 0.0
      for place in layer {
        middles[place] = top + heights[place] / 2
        top += heights[place] + gap
      }
    }
    for pass in 0..<Self.passes {
      let forward = pass.isMultiple(of: 2)
      // The last pass reads both sides.
      let isLast = pass == Self.passes - 1
      for layer in forward ? order.layers : order.layers.reversed() {
        settle(layer) { place in
          isLast ? graph.left[place] + graph.right[place] : forward ? graph.left[place] : graph.right[place]
        } weight: { place, other in
          // Long edges are straight.
          graph.isNode(place) || graph.isNode(other) ? 1 : 8
        }
      }
    }
  }

  /// Places one layer: the sum of the squared distances from the wanted places is the least that is possible in this order.
  private mutating func settle(
    _ layer: [Int], neighbours: (Int) -> [Int], weight: (Int, Int) -> Double
  ) {
    // A block of neighbours that touch each other; `start` is the wanted middle of the first, as a mean.
    var blocks: [(start: Double, weight: Double, count: Int)] = []
    var offsets: [Double] = []
    var offset = 0.0
    for (position, place) in layer.enumerated() {
      if position > 0 { offset += (heights[layer[position - 1]] + heights[place]) / 2 + gap }
      offsets.append(offset)
      let near = neighbours(place)
      let total = near.reduce(0) { $0 + weight(place, $1) }
      let wanted = near.reduce(0) { $0 + weight(place, $1) * middles[$1] } / max(total, 1)
      var block = (
        start: (near.isEmpty ? middles[place] : wanted) - offset, weight: near.isEmpty ? 0.05 : total, count: 1
      )
      // The pool-adjacent-violators algorithm for isotonic regression.
      while let last = blocks.last, last.start >= block.start {
        blocks.removeLast()
        let weight = last.weight + block.weight
        block = (
          (last.start * last.weight + block.start * block.weight) / weight, weight, last.count + block.count
        )
      }
      blocks.append(block)
    }
    var position = 0
    for block in blocks {
      for _ in 0..<block.count {
        middles[layer[position]] = block.start + offsets[position]
        position += 1
      }
    }
  }
}
