package import MetaxyErrors

extension RevisionGraph {
  /// Returns the steps of a downgrade: the applied descendants of the target and the applied revisions that depend on
  /// them.
  ///
  /// - Parameter current: the rows of the version table.
  /// - Throws: as ``resolve(_:current:)``; `not_applied` if the target is not an ancestor of the current revisions, for
  ///   `+1`, and for `-1` from several rows.
  package func plan(downgradeTo text: String, current: Set<String>) throws(MetaxyError) -> RevisionPlan {
    let rows = try rows(current)
    let target = try RevisionTarget(text)
    let (end, branch) = try downgradeTarget(target, rows)
    let applied = closure(rows, allDown)
    if let end, !applied.contains(end) { throw .notApplied(nodes[end].revision, typed: text, current: names(rows)) }
    let roots = try downgradeRoots(above: end, branch)
    let path = closure(roots, allUp).intersection(applied)
    return plan(.downgrade, path.sorted(by: >), from: rows, targets: [end].compactMap { $0 })
  }

  /// Returns the target, nil for the base, and the branch to revert if several branches start at the target.
  private func downgradeTarget(
    _ target: RevisionTarget, _ rows: [Int]
  ) throws(MetaxyError) -> (end: Int?, branch: Set<Int>?) {
    let branch = try target.branch.map { name throws(MetaxyError) in try lineage(ofBranch: name) }
    guard let offset = target.offset else {
      let ends = try indexes(of: target, current: rows)
      guard ends.count < 2 else { throw .multipleHeads(target.text, names(ends)) }
      if ends.isEmpty, target.symbol != "base" { throw .unknownRevision(target.text, known: []) }
      return (ends.first, branch)
    }
    if let symbol = target.symbol {
      let start = try single(symbol, target, current: rows)
      return (try walk(from: start, offset, branch: target.branch, target), branch)
    }
    guard offset < 0 else { throw .wrongWay(target.text, .downgrade) }
    let start = try start(of: target, rows)
    return (try walkDown(target, offset, from: rows), start.map { closure([$0], down) })
  }

  private func downgradeRoots(above end: Int?, _ branch: Set<Int>?) throws(MetaxyError) -> [Int] {
    let roots = end.map { up[$0] } ?? nodes.indices.filter { down[$0].isEmpty }
    guard let branch, roots.count > 1 else { return roots }
    return roots.filter { branch.contains($0) }
  }
}
