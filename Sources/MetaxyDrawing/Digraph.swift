/// A directed graph of numbered nodes, each edge once and none from a node to itself.
struct Digraph {
  let count: Int
  /// The nodes to which the edges of a node go.
  let targets: [[Int]]

  init(count: Int, edges: [(from: Int, to: Int)]) {
    self.count = count
    var targets = [[Int]](repeating: [], count: count)
    for edge in edges where edge.from != edge.to { targets[edge.from].append(edge.to) }
    self.targets = targets.map { Set($0).sorted() }
  }

  /// A part of a graph that no edge connects with the rest, with its nodes numbered from 0.
  struct Component {
    /// The numbers of the nodes in the whole graph, rising.
    let nodes: [Int]
    let graph: Digraph
  }

  /// The parts: those with edges first, then the single nodes, each in the order of the nodes.
  var components: [Component] {
    var neighbours = targets
    for (node, targets) in targets.enumerated() { for target in targets { neighbours[target].append(node) } }
    var isReached = [Bool](repeating: false, count: count)
    var parts: [[Int]] = []
    for start in 0..<count where !isReached[start] {
      isReached[start] = true
      var found = [start]
      var place = 0
      while place < found.count {
        for node in neighbours[found[place]] where !isReached[node] {
          isReached[node] = true
          found.append(node)
        }
        place += 1
      }
      parts.append(found.sorted())
    }
    return (parts.filter { $0.count > 1 } + parts.filter { $0.count == 1 }).map(component)
  }

  private func component(_ nodes: [Int]) -> Component {
    let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    let edges = nodes.enumerated().flatMap { place, node in
      targets[node].compactMap { target in places[target].map { (from: place, to: $0) } }
    }
    return Component(nodes: nodes, graph: Digraph(count: nodes.count, edges: edges))
  }

  /// The edges without cycles: one that leads back to a node from which a depth-first search came is reversed.
  var acyclicEdges: [(from: Int, to: Int, isReversed: Bool)] {
    enum State { case new, open, done }
    var states = [State](repeating: .new, count: count)
    var edges: [(from: Int, to: Int, isReversed: Bool)] = []
    for start in 0..<count where states[start] == .new {
      // An explicit stack: a chain can be longer than the stack of the thread is deep.
      var stack = [(node: start, next: 0)]
      states[start] = .open
      while let top = stack.last {
        guard top.next < targets[top.node].count else {
          states[top.node] = .done
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = targets[top.node][top.next]
        let isBack = states[target] == .open
        edges.append(isBack ? (target, top.node, true) : (top.node, target, false))
        guard states[target] == .new else { continue }
        states[target] = .open
        stack.append((target, 0))
      }
    }
    return edges
  }

  /// Returns the layer of each node: the length of the longest path to it. A node without incoming edges moves as near to its
  /// targets as it can.
  ///
  /// - Parameter edges: edges without cycles.
  func layers(_ edges: [(from: Int, to: Int, isReversed: Bool)]) -> [Int] {
    var targets = [[Int]](repeating: [], count: count)
    var waiting = [Int](repeating: 0, count: count)
    for edge in edges {
      targets[edge.from].append(edge.to)
      waiting[edge.to] += 1
    }
    let sources = (0..<count).filter { waiting[$0] == 0 }
    var layers = [Int](repeating: 0, count: count)
    var ready = sources
    var place = 0
    while place < ready.count {
      let node = ready[place]
      place += 1
      for target in targets[node] {
        layers[target] = max(layers[target], layers[node] + 1)
        waiting[target] -= 1
        if waiting[target] == 0 { ready.append(target) }
      }
    }
    for source in sources {
      if let nearest = targets[source].map({ layers[$0] }).min() { layers[source] = nearest - 1 }
    }
    return layers
  }
}
