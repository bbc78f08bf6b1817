package import MetaxyErrors

extension RevisionGraph {
  /// Returns the steps of an upgrade: the revisions that the target requires and that are not applied.
  ///
  /// - Parameters:
  ///   - current: the rows of the version table.
  ///   - missing: the ancestors of these rows that are not applied.
  /// - Throws: as ``resolve(_:current:)``; `+1` from several rows and `-1` are errors.
  package func plan(
    upgradeTo text: String, current: Set<String>, missing: Set<String> = []
  ) throws(MetaxyError) -> RevisionPlan {
    let rows = try rows(current)
    let targets = try upgradeTargets(RevisionTarget(text), rows)
    let absent = Set(missing.compactMap { indexes[$0] })
    let path = closure(targets, allDown).subtracting(closure(rows, allDown).subtracting(absent))
    return plan(.upgrade, path.sorted(), from: rows, targets: targets, without: absent)
  }

  private func upgradeTargets(_ target: RevisionTarget, _ rows: [Int]) throws(MetaxyError) -> [Int] {
    guard let offset = target.offset else { return try indexes(of: target, current: rows) }
    if let symbol = target.symbol {
      let start = try single(symbol, target, current: rows)
      return try [walk(from: start, offset, branch: target.branch, target)].compactMap { $0 }
    }
    guard offset > 0 else { throw .wrongWay(target.text, .upgrade) }
    return try [walkUp(target, offset, from: rows)].compactMap { $0 }
  }
}
