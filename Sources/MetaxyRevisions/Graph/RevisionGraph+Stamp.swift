package import MetaxyErrors

extension RevisionGraph {
  /// Returns the rows of the version table after stamping it with `targets`.
  ///
  /// Rows of other branches stay. Ancestors and descendants of a target are replaced by it.
  ///
  /// - Throws: as ``resolve(_:current:)``.
  package func rows(stamping targets: [String], current: Set<String>) throws(MetaxyError) -> Set<String> {
    let rows = try rows(current)
    var kept = Set(rows)
    var stamped: Set<Int> = []
    for text in targets {
      let target = try RevisionTarget(text)
      guard target.offset == nil else { throw .relativeStamp(text) }
      let ends = try indexes(of: target, current: rows)
      var related = ends
      if let branch = target.branch { related.append(try index(of: branch)) }
      kept.subtract(related.isEmpty ? Set(rows) : lineage(of: related, dependencies: true))
      stamped.formUnion(ends)
    }
    // A row that is an ancestor of another one is redundant.
    let all = kept.union(stamped)
    return Set(names(all.subtracting(closure(all.flatMap { allDown[$0] }, allDown))))
  }

  /// Returns the revisions that a version table can have beside `rows` while `changed` ones are applied or reverted: neither are
  /// they on a branch of the rows, nor do they need a changed one.
  package func unrelated(to rows: Set<String>, changing changed: Set<String>) -> Set<String> {
    func indexes(_ names: Set<String>) -> [Int] { names.compactMap { self.indexes[$0] } }
    let related = lineage(of: indexes(rows), dependencies: true).union(closure(indexes(changed), allUp))
    return Set(names(nodes.indices.filter { !related.contains($0) }))
  }

  /// Returns the current revisions of a database with these rows: one for each branch, even if a dependency implies it.
  package func current(_ rows: Set<String>) throws(MetaxyError) -> [String] {
    try names(branchTips(self.rows(rows)))
  }

  /// Returns every revision that is applied to a database with these rows, in graph order.
  package func applied(_ rows: Set<String>) throws(MetaxyError) -> [String] {
    try names(closure(self.rows(rows), allDown).sorted())
  }
}
