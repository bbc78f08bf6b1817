internal import MetaxyErrors

extension RevisionGraph {
  /// Moves `offset` revisions up, or down if it is negative.
  ///
  /// - Parameters:
  ///   - start: the first revision; nil is below every base.
  ///   - branch: the branch to follow where the history divides.
  ///   - stopsAtEdge: whether to return the last revision if there are not enough.
  /// - Returns: nil for the base.
  func walk(
    from start: Int?, _ offset: Int, branch: String? = nil, _ target: RevisionTarget, stopsAtEdge: Bool = false
  ) throws(MetaxyError) -> Int? {
    var place = start
    for _ in 0..<offset.magnitude {
      let next: [Int]
      if offset > 0 {
        next = try lineage(of: branch, in: place.map { up[$0] } ?? nodes.indices.filter { down[$0].isEmpty })
      } else if let index = place {
        guard !down[index].isEmpty else {
          place = nil
          continue
        }
        next = down[index]
      } else {
        next = []
      }
      guard next.count < 2 else { throw .ambiguousStep(target.text, names(next)) }
      if next.isEmpty, stopsAtEdge { return place }
      guard let only = next.first else { throw .relativeTooFar(target.text) }
      place = only
    }
    return place
  }

  /// Moves up from the current revisions of the database.
  func walkUp(_ target: RevisionTarget, _ offset: Int, from rows: [Int]) throws(MetaxyError) -> Int? {
    var starts = try lineage(of: target.branch, in: rows)
    if starts.isEmpty, target.branch != nil {
      // No revision of the branch itself is applied: the branch starts at an applied ancestor.
      let applied = Set(try lineage(of: target.branch, in: closure(rows, allDown).sorted()))
      starts = applied.filter { allUp[$0].allSatisfy { !applied.contains($0) } }.sorted()
    }
    guard starts.count < 2 else { throw .severalCurrent(target.text, names(starts)) }
    return try walk(from: starts.first, offset, branch: target.branch, target)
  }

  /// Moves down from the current revisions of the database.
  func walkDown(_ target: RevisionTarget, _ offset: Int, from rows: [Int]) throws(MetaxyError) -> Int? {
    guard let start = try start(of: target, rows) else { throw .relativeTooFar(target.text) }
    return try walk(from: start, offset, target)
  }

  /// Returns the applied revision to which `-1` or `label@-1` is relative.
  func start(of target: RevisionTarget, _ rows: [Int]) throws(MetaxyError) -> Int? {
    var starts = try lineage(of: target.branch, in: rows)
    if starts.isEmpty, target.branch != nil {
      starts = try lineage(of: target.branch, in: branchTips(rows))
    }
    guard starts.count < 2 else { throw .severalCurrent(target.text, names(starts)) }
    return starts.first
  }

  /// Returns the last applied revision of each branch, even if its row is implied by a dependency.
  func branchTips(_ rows: [Int]) -> [Int] {
    let applied = closure(rows, allDown)
    return applied.filter { up[$0].allSatisfy { !applied.contains($0) } }.sorted()
  }
}
