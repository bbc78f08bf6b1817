import MetaxyDrawing
import MetaxyTestSupport
import Testing

/// What a drawing must have whatever the graph is: no two cards in one place, edges that go forward, and no edge across a card.
@Suite(.timed) struct LayeredLayoutTests {
  /// A graph of `count` nodes in which each node has up to `degree` edges from earlier ones, without order in their numbers.
  private static func random(_ count: Int, degree: Int, seed: UInt64) -> [(from: Int, to: Int)] {
    var random = Numbers(state: seed)
    let names = (0..<count).shuffled(using: &random)
    return (1..<max(count, 1)).flatMap { node in
      (0..<Int.random(in: 0...degree, using: &random)).map { _ in
        (from: names[Int.random(in: 0..<node, using: &random)], to: names[node])
      }
    }
  }

  private static func sizes(_ count: Int) -> [(width: Int, height: Int)] {
    (0..<count).map { (width: 80 + $0 * 37 % 90, height: 30 + $0 * 53 % 70) }
  }

  /// Returns whether the straight line across a layer, from one point to the next, touches a node.
  private static func crosses(_ layout: LayeredLayout, _ route: LayeredLayout.Route) -> Bool {
    zip(route.points, route.points.dropFirst()).enumerated().filter { !$0.offset.isMultiple(of: 2) }.contains { step in
      let (start, end) = step.element
      return layout.frames.contains { frame in
        frame.y <= start.y && start.y <= frame.y + frame.height && frame.x < end.x && start.x < frame.x + frame.width
      }
    }
  }

  private static func overlaps(_ frames: [LayeredLayout.Frame]) -> Int {
    let sorted = frames.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    var count = 0
    for (place, frame) in sorted.enumerated() {
      for other in sorted[(place + 1)...] {
        guard other.x < frame.x + frame.width else { break }
        if other.y < frame.y + frame.height, frame.y < other.y + other.height { count += 1 }
      }
    }
    return count
  }

  private func expectDrawing(
    of layout: LayeredLayout, sizes: [(width: Int, height: Int)], edges: Set<[Int]>, crossings: Bool = true
  ) {
    #expect(Self.overlaps(layout.frames) == 0)
    for (frame, size) in zip(layout.frames, sizes) {
      #expect(frame.width >= size.width && frame.height == size.height)
      #expect(frame.x >= 0 && frame.x + frame.width <= layout.width)
      #expect(frame.y >= 0 && frame.y + frame.height <= layout.height)
    }
    #expect(Set(layout.routes.map { [$0.from, $0.to] }) == edges)
    #expect(layout.routes.count == edges.count)
    for route in layout.routes {
      let (left, right) = route.isReversed ? (route.to, route.from) : (route.from, route.to)
      let (start, end) = (layout.frames[left], layout.frames[right])
      #expect(start.x + start.width < end.x)
      #expect(route.points.first.map { [$0.x, $0.y] } == [start.x + start.width, start.y + start.height / 2])
      #expect(route.points.last.map { [$0.x, $0.y] } == [end.x, end.y + end.height / 2])
      #expect(zip(route.points, route.points.dropFirst()).allSatisfy { $0.x <= $1.x })
      #expect(route.points.count.isMultiple(of: 2))
      if crossings { #expect(!Self.crosses(layout, route), "\(route)") }
    }
  }

  @Test(arguments: [(1, 1), (2, 1), (7, 2), (40, 2), (40, 5), (200, 3)])
  func cardsAreApartAndEdgesGoForward(_ count: Int, _ degree: Int) {
    for seed in 1...3 {
      let edges = Self.random(count, degree: degree, seed: UInt64(seed))
      let sizes = Self.sizes(count)
      let layout = LayeredLayout(sizes: sizes, edges: edges)
      expectDrawing(of: layout, sizes: sizes, edges: Set(edges.map { [$0.from, $0.to] }))
      #expect(layout.routes.allSatisfy { !$0.isReversed })
    }
  }

  @Test func aThousandFeaturesAreLaidOut() {
    let sizes = Self.sizes(1000)
    let edges = Self.random(1000, degree: 2, seed: 9)
    let layout = LayeredLayout(sizes: sizes, edges: edges)
    expectDrawing(of: layout, sizes: sizes, edges: Set(edges.map { [$0.from, $0.to] }), crossings: false)
  }

  /// Neither the stack nor the places of long edges grow with the length of a path.
  @Test func aLongChainWithEdgesAcrossItIsLaidOut() {
    let count = 3000
    let chain = (1..<count).map { (from: $0 - 1, to: $0) }
    let across = stride(from: 20, to: count, by: 20).map { (from: 0, to: $0) }
    let sizes = Self.sizes(count)
    let layout = LayeredLayout(sizes: sizes, edges: chain + across)
    let all = Set((chain + across).map { [$0.from, $0.to] })
    expectDrawing(of: layout, sizes: sizes, edges: all, crossings: false)
    #expect(layout.routes.allSatisfy { $0.points.count <= 26 })
    let around = layout.routes.filter { $0.from == 0 && $0.to > 20 }
    #expect(around.allSatisfy { !Self.crosses(layout, $0) })
  }

  @Test func aCycleHasOneEdgeBack() {
    let edges = [(from: 0, to: 1), (from: 1, to: 2), (from: 2, to: 0), (from: 2, to: 2), (from: 0, to: 1)]
    let layout = LayeredLayout(sizes: Self.sizes(3), edges: edges)
    expectDrawing(of: layout, sizes: Self.sizes(3), edges: [[0, 1], [1, 2], [2, 0]])
    #expect(layout.routes.filter(\.isReversed).map { [$0.from, $0.to] } == [[2, 0]])
  }

  /// Two pairs in crossed order, and a tree in an order that does not fit it, can be drawn without crossings.
  @Test func edgesThatNeedNotCrossDoNot() {
    func crossings(_ edges: [(from: Int, to: Int)], _ count: Int) -> Int {
      let layout = LayeredLayout(sizes: Self.sizes(count), edges: edges)
      let ends = layout.routes.map { ($0.points[0].y, $0.points[1].y, $0.points[0].x) }
      return ends.indices.reduce(0) { sum, place in
        sum
          + ends[..<place].count { other in
            other.2 == ends[place].2 && (other.0 - ends[place].0) * (other.1 - ends[place].1) < 0
          }
      }
    }
    #expect(crossings([(0, 3), (1, 2), (0, 4), (1, 4)], 5) == 0)
    #expect(crossings([(0, 5), (0, 2), (1, 4), (1, 3), (6, 0), (6, 1)], 7) == 0)
  }

  @Test func theSameGraphHasTheSameLayout() {
    let edges = Self.random(120, degree: 3, seed: 4)
    let layouts = [edges, edges.reversed(), edges + edges].map { LayeredLayout(sizes: Self.sizes(120), edges: $0) }
    #expect(layouts[0].frames == layouts[1].frames && layouts[0].routes == layouts[1].routes)
    #expect(layouts[0].frames == layouts[2].frames && layouts[0].routes == layouts[2].routes)
  }

  @Test func featuresWithoutEdgesFillRows() {
    let layout = LayeredLayout(sizes: Array(repeating: (width: 100, height: 40), count: 30), edges: [])
    // Eight cards of 100 and seven gaps of 28 fit in a width of 1080.
    #expect(Set(layout.frames.map(\.y)).count == 4)
    #expect(layout.width == 8 * 100 + 7 * 28)
    #expect(LayeredLayout(sizes: [], edges: []).frames.isEmpty)
  }
}

/// SplitMix64: the same numbers on every system.
private struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
