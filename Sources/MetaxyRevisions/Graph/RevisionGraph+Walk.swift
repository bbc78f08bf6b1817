internal import MetaxyErrors

extension RevisionGraph {
  /// Goes `offset` revisions up, or down when it is negative.
  ///
  /// - Parameters:
  ///   - start: where to begin; nil is below every base.
  ///   - branch: which way to go up where the history divides.
  ///   - stopsAtEdge: whether the last revision is the answer when there are too few.
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

  /// Goes up from where the database is.
  func walkUp(_ target: RevisionTarget, _ offset: Int, from rows: [Int]) throws(MetaxyError) -> Int? {
    var starts = try lineage(of: target.branch, in: rows)
    if starts.isEmpty, target.branch != nil {
      // Nothing of the branch itself is applied: it begins where it leaves what is.
      let applied = Set(try lineage(of: target.branch, in: closure(rows, allDown).sorted()))
      starts = applied.filter { allUp[$0].allSatisfy { !applied.contains($0) } }.sorted()
    }
    guard starts.count < 2 else { throw .severalCurrent(target.text, names(starts)) }
    return try walk(from: starts.first, offset, branch: target.branch, target)
  }

  /// Goes down from where the database is.
  func walkDown(_ target: RevisionTarget, _ offset: Int, from rows: [Int]) throws(MetaxyError) -> Int? {
    guard let start = try start(of: target, rows) else { throw .relativeTooFar(target.text) }
    return try walk(from: start, offset, target)
  }

  /// The applied revision that `-1` or `label@-1` counts from.
  func start(of target: RevisionTarget, _ rows: [Int]) throws(MetaxyError) -> Int? {
    var starts = try lineage(of: target.branch, in: rows)
    if starts.isEmpty, target.branch != nil {
      starts = try lineage(of: target.branch, in: branchTips(rows))
    }
    guard starts.count < 2 else { throw .severalCurrent(target.text, names(starts)) }
    return starts.first
  }

  /// The last applied revision of each branch, also of those whose row is implied by a dependency.
  func branchTips(_ rows: [Int]) -> [Int] {
    let applied = closure(rows, allDown)
    return applied.filter { up[$0].allSatisfy { !applied.contains($0) } }.sorted()
  }
}
