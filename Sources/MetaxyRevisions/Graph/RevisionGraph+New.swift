package import MetaxyErrors

// The links of a new revision.
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

  /// Returns the parents of a revision that merges `targets`.
  ///
  /// - Throws: as ``parents(ofNew:splices:)``; `nothing_to_merge` if they are one revision.
  package func parents(ofMerging targets: [String]) throws(MetaxyError) -> [String] {
    let parents = try parents(ofNew: targets)
    guard parents.count > 1 else { throw .nothingToMerge(parents, heads: heads) }
    return parents
  }

  /// Returns the dependencies of a new revision: branch labels as they are, and whole identifiers.
  ///
  /// - Throws: as ``resolve(_:current:)``; `multiple_heads` for a text that stands for several revisions.
  package func dependencies(ofNew targets: [String]) throws(MetaxyError) -> [String] {
    var dependencies: [String] = []
    for text in targets {
      let target = try RevisionTarget(text)
      guard target.offset == nil, !["base", "current"].contains(target.symbol) else { throw .relativeParent(text) }
      let found = try labels[text] == nil ? names(indexes(of: target, current: [])) : [text]
      guard found.count < 2 else { throw .multipleHeads(text, found) }
      for name in found where !dependencies.contains(name) { dependencies.append(name) }
    }
    return dependencies
  }

  /// Checks the branch label of a new revision.
  ///
  /// - Throws: `invalid_revision_name`; `duplicate_revision` if a branch or a revision has this name.
  package func checkNewBranch(_ label: String) throws(MetaxyError) {
    try RevisionName.check(label)
    guard let index = labels[label] ?? indexes[label] else { return }
    throw .duplicateBranch(label, path: nodes[index].path)
  }
}
