package import MetaxyErrors

extension RevisionGraph {
  /// Returns the parents of a new revision.
  ///
  /// - Parameters:
  ///   - targets: the requested parents: `head`, `base`, or several for a merge.
  ///   - splices: whether a parent may be a revision that is not a head, which creates a new branch.
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
