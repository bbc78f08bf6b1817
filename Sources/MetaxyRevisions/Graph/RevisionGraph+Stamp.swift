package import MetaxyErrors

extension RevisionGraph {
  /// Returns the rows that the version table holds after stamping it with `targets`.
  ///
  /// Rows of other branches stay; those above or below a target give way to it.
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
    // A row below another one says nothing.
    let all = kept.union(stamped)
    return Set(names(all.subtracting(closure(all.flatMap { allDown[$0] }, allDown))))
  }

  /// Returns the revisions that stand for a database with these rows: one for each branch, also where a dependency
  /// implies it.
  package func current(_ rows: Set<String>) throws(MetaxyError) -> [String] {
    try names(branchTips(self.rows(rows)))
  }

  /// Returns every revision that a database with these rows has, in the order of the graph.
  package func applied(_ rows: Set<String>) throws(MetaxyError) -> [String] {
    try names(closure(self.rows(rows), allDown).sorted())
  }
}
