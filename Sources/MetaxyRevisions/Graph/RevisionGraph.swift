package import MetaxyErrors

/// The revisions of one environment and their relations.
///
/// The rules are Alembic's: <https://alembic.sqlalchemy.org/en/latest/branches.html>.
package struct RevisionGraph: Sendable {
  /// All revisions in topological order, ancestors and dependencies first, branch by branch.
  package let nodes: [RevisionNode]
  /// For each node, by index: its parents, its parents and dependencies, and the reverse of both.
  let down: [[Int]]
  let allDown: [[Int]]
  let up: [[Int]]
  let allUp: [[Int]]
  let indexes: [String: Int]
  /// The node with each branch label.
  let labels: [String: Int]

  /// Sorts revisions topologically.
  ///
  /// - Throws: `broken_history` with a diagnostic for each duplicate identifier, for each identifier without a file,
  ///   and for a cycle.
  package init(_ revisions: [RevisionNode]) throws(MetaxyError) {
    var links = RevisionLinks(revisions)
    let order = links.sorted()
    guard links.problems.isEmpty else { throw .brokenHistory(links.problems, missing: links.missing) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    func moved(_ edges: [[Int]]) -> [[Int]] { order.map { edges[$0].compactMap { places[$0] } } }
    nodes = order.map { revisions[$0] }
    down = moved(links.down)
    allDown = moved(links.allDown)
    up = Self.reversed(down)
    allUp = Self.reversed(allDown)
    indexes = links.indexes.compactMapValues { places[$0] }
    labels = links.labels.compactMapValues { places[$0] }
  }

  private static func reversed(_ edges: [[Int]]) -> [[Int]] {
    var result = [[Int]](repeating: [], count: edges.count)
    for (index, targets) in edges.enumerated() {
      for target in targets { result[target].append(index) }
    }
    return result
  }

  /// The revision with exactly this identifier.
  package subscript(revision: String) -> RevisionNode? { indexes[revision].map { nodes[$0] } }

  /// The revisions without children.
  package var heads: [String] { names(headIndexes) }

  /// The revisions without parents.
  package var bases: [String] { names(nodes.indices.filter { down[$0].isEmpty }) }

  /// The revisions with several children.
  package var branchPoints: [String] { names(nodes.indices.filter { up[$0].count > 1 }) }

  /// Returns the children of a revision.
  package func children(of revision: String) -> [String] {
    indexes[revision].map { names(up[$0]) } ?? []
  }

  /// Returns the labels of each revision's branches: those of its ancestors, and those of its descendants before the branch
  /// divides. A revision of no branch is not in it.
  package func branchLabels() -> [String: [String]] {
    guard !labels.isEmpty else { return [:] }
    var found = nodes.map { Set($0.branchLabels) }
    for index in nodes.indices {
      for parent in down[index] { found[index].formUnion(found[parent]) }
    }
    for (label, start) in labels {
      var index = start
      while down[index].count == 1, up[down[index][0]].count == 1 {
        index = down[index][0]
        found[index].insert(label)
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(nodes.map(\.revision), found.map { $0.sorted() })).filter {
      !$0.value.isEmpty
    }
  }

  var headIndexes: [Int] { nodes.indices.filter { up[$0].isEmpty } }

  func names(_ indexes: some Sequence<Int>) -> [String] { indexes.map { nodes[$0].revision } }

  /// Returns the nodes that can be reached along `edges`, including the first ones.
  func closure(_ start: some Sequence<Int>, _ edges: [[Int]]) -> Set<Int> {
    var seen = Set(start)
    var open = Array(seen)
    while let index = open.popLast() {
      for next in edges[index] where seen.insert(next).inserted { open.append(next) }
    }
    return seen
  }
}
