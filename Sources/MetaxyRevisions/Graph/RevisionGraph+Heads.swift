// The heads, and what keeps them apart.
extension RevisionGraph {
  /// The heads that no other head depends on: upgrading to them applies every revision.
  package var independentHeads: [String] { names(nodes.indices.filter { allUp[$0].isEmpty }) }

  /// The heads that came about by two revisions with the same parent and are not merged; none if the history has a single
  /// line, or if its branches are meant to stay apart.
  ///
  /// Branches are meant to stay apart if they have labels, or if they have bases of their own in directories of their own.
  package var unmergedHeads: [String] {
    let heads = nodes.indices.filter { allUp[$0].isEmpty }
    guard heads.count > 1 else { return [] }
    let closures = heads.map { closure([$0], allDown) }
    var owners = [Int](repeating: 0, count: nodes.count)
    for closure in closures { for index in closure { owners[index] += 1 } }
    let unlabelled = heads.indices.filter { place in
      closures[place].allSatisfy { owners[$0] > 1 || nodes[$0].branchLabels.isEmpty }
    }
    // Histories that have a revision in common have one without ancestors in common.
    let roots = closures.map { $0.filter { allDown[$0].isEmpty } }
    return unlabelled.filter { place in
      unlabelled.contains { other in
        other != place
          && (!roots[place].isDisjoint(with: roots[other])
            || directory(of: heads[place]) == directory(of: heads[other]))
      }
    }.map { nodes[heads[$0]].revision }
  }

  private func directory(of index: Int) -> Substring {
    let path = nodes[index].path
    return path.lastIndex(of: "/").map { path[..<$0] } ?? ""
  }
}

// Common ancestors.
extension RevisionGraph {
  /// Returns those of `revisions` that are not ancestors of another one.
  package func ends(_ revisions: some Sequence<String>) -> [String] {
    let set = Set(revisions.compactMap { indexes[$0] ?? labels[$0] })
    return names(set.subtracting(closure(set.flatMap { allDown[$0] }, allDown)).sorted())
  }

  /// Returns the last common ancestors of two groups of revisions: several where their branches were merged crosswise.
  package func commonAncestors(_ left: [String], _ right: [String]) -> [String] {
    func ancestors(_ names: [String]) -> Set<Int> { closure(names.compactMap { indexes[$0] }, allDown) }
    return ends(names(ancestors(left).intersection(ancestors(right))))
  }

  /// Returns the revisions that must be applied before a revision: its parents and what it depends on.
  package func needs(of revision: String) -> [String] {
    indexes[revision].map { names(allDown[$0]) } ?? []
  }

  /// Returns these revisions with everything that must be applied before them; names without a revision are ignored.
  package func ancestors(_ revisions: some Sequence<String>) -> Set<String> {
    Set(names(closure(revisions.compactMap { indexes[$0] ?? labels[$0] }, allDown)))
  }

  /// Returns these revisions with everything that needs them.
  package func descendants(_ revisions: some Sequence<String>) -> Set<String> {
    Set(names(closure(revisions.compactMap { indexes[$0] ?? labels[$0] }, allUp)))
  }

  /// Returns for each revision which of `heads` it is or is an ancestor of, as bits in the order of `heads`.
  package func bits(ofHeads heads: [String]) -> [String: [UInt64]] {
    let words = (heads.count + 63) / 64
    var bits = [[UInt64]](repeating: [UInt64](repeating: 0, count: words), count: nodes.count)
    for (place, head) in heads.enumerated() {
      if let index = indexes[head] { bits[index][place / 64] |= 1 << UInt64(place % 64) }
    }
    // Descendants have higher indexes.
    for index in nodes.indices.reversed() {
      for lower in allDown[index] {
        for word in 0..<words { bits[lower][word] |= bits[index][word] }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(nodes.map(\.revision), bits))
  }

  /// Returns whether a revision or a branch has this name, or a revision's identifier begins with it.
  package func names(begin symbol: String) -> Bool {
    ["head", "heads", "base", "current"].contains(symbol) || labels[symbol] != nil
      || nodes.contains { $0.revision.hasPrefix(symbol) }
  }

  /// Returns whether several revisions need this one.
  package func isBranchPoint(_ revision: String) -> Bool { indexes[revision].map { allUp[$0].count > 1 } ?? false }
}
