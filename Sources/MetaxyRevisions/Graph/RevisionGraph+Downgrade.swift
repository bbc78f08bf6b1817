package import MetaxyErrors

extension RevisionGraph {
  /// Returns the steps of a downgrade: the applied descendants of the target and the applied revisions that depend on
  /// them.
  ///
  /// - Parameters:
  ///   - current: the rows of the version table.
  ///   - missing: the ancestors of these rows that are not applied, which nothing can take back.
  ///   - undone: a half-applied revision that is undone before, which `-1` counts.
  ///   - resumed: a half-reverted revision, from which `-1` counts.
  /// - Throws: as ``resolve(_:current:)``; `not_applied` if the target is not an ancestor of the current revisions, for
  ///   `+1`, and for `-1` from several rows.
  package func plan(
    downgradeTo text: String, current: Set<String>, missing: Set<String> = [], undoing undone: String? = nil,
    resuming resumed: String? = nil
  ) throws(MetaxyError) -> RevisionPlan {
    let rows = try rows(current)
    let absent = Set(missing.compactMap { indexes[$0] })
    let applied = closure(rows, allDown).subtracting(absent)
    var target = try RevisionTarget(text)
    if let undone, target.symbol == nil, let offset = target.offset, offset < 0,
      try target.branch.map({ name throws(MetaxyError) in
        try lineage(ofBranch: name).contains(index(of: undone))
      }) ?? true
    {
      guard offset < -1 else { return .nothing(from: current) }
      target.offset = offset + 1
    }
    if let resumed, target.symbol == nil, target.branch == nil, let start = indexes[resumed],
      let offset = target.offset, offset < 0
    {
      let last = try walk(from: start, offset + 1, target) ?? start
      let path = closure([last], allUp).intersection(applied)
      return plan(.downgrade, path.sorted(by: >), from: rows, targets: down[last], without: absent)
    }
    if let last = try lastReverted(by: target, rows) {
      let path = closure([last], allUp).intersection(applied)
      return plan(.downgrade, path.sorted(by: >), from: rows, targets: down[last], without: absent)
    }
    let (end, branch) = try downgradeTarget(target, rows)
    if let end, !applied.contains(end) { throw .notApplied(nodes[end].revision, typed: text, current: names(rows)) }
    let roots = try downgradeRoots(above: end, branch)
    let path = closure(roots, allUp).intersection(applied)
    return plan(.downgrade, path.sorted(by: >), from: rows, targets: [end].compactMap { $0 }, without: absent)
  }

  /// Returns the last revision that `-2` or `label@-2` reverts; nil for other targets. It may be a merge, after which the
  /// database is at several revisions.
  private func lastReverted(by target: RevisionTarget, _ rows: [Int]) throws(MetaxyError) -> Int? {
    guard target.symbol == nil, let offset = target.offset, offset < 0 else { return nil }
    guard let start = try start(of: target, rows),
      let last = try walk(from: start, offset + 1, branch: target.branch, target)
    else { throw .relativeTooFar(target.text) }
    return last
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
    throw .wrongWay(target.text, .downgrade)
  }

  private func downgradeRoots(above end: Int?, _ branch: Set<Int>?) throws(MetaxyError) -> [Int] {
    let roots = end.map { up[$0] } ?? nodes.indices.filter { down[$0].isEmpty }
    guard let branch, roots.count > 1 else { return roots }
    return roots.filter { branch.contains($0) }
  }
}
