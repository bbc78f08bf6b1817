package import MetaxyErrors

extension RevisionGraph {
  /// Returns what a new revision follows.
  ///
  /// - Parameters:
  ///   - targets: what was asked for: `head`, `base`, or several for a merge.
  ///   - splices: whether a revision that is no head may be followed, which makes a new branch.
  /// - Throws: as ``resolve(_:current:)``; `not_a_head`.
  package func parents(
    ofNew targets: [String] = ["head"], splices: Bool = false
  ) throws(MetaxyError) -> [String] {
    var parents: [Int] = []
    for text in targets {
      let target = try RevisionTarget(text)
      guard target.offset == nil else { throw .relativeParent(text) }
      let found = try indexes(of: target, current: [])
      for index in found where !parents.contains(index) { parents.append(index) }
    }
    if !splices, let inner = parents.first(where: { !up[$0].isEmpty }) {
      throw .notAHead(nodes[inner].revision, heads: heads)
    }
    return names(parents)
  }
}
