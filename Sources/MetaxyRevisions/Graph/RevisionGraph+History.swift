package import MetaxyErrors

extension RevisionGraph {
  /// Returns the revisions of a range, newest first; all revisions without a range.
  ///
  /// The range includes both ends. `-2:c` starts two revisions before `c`, `a:+2` ends two after `a`; both stop at the
  /// ends of the history.
  ///
  /// - Throws: as ``resolve(_:current:)``; `not_an_ancestor` if the lower end is not an ancestor of the upper one.
  package func history(_ range: RevisionRange? = nil, current: Set<String> = []) throws(MetaxyError) -> [String] {
    guard let range else { return names(nodes.indices.reversed()) }
    let rows = try range.needsRows ? rows(current) : []
    let (lower, upper) = try ends(of: range, rows)
    let below = closure(upper, allDown)
    guard !lower.isEmpty else { return names(below.sorted(by: >)) }
    for end in lower where !below.contains(end) {
      throw .notAnAncestor(nodes[end].revision, of: names(upper))
    }
    return names(below.intersection(closure(lower, up)).sorted(by: >))
  }

  private func ends(of range: RevisionRange, _ rows: [Int]) throws(MetaxyError) -> (lower: [Int], upper: [Int]) {
    if let lower = range.lower, let offset = lower.offset, lower.symbol == nil {
      let upper = try upperEnd(of: range, rows)
      guard upper.count == 1, offset < 0 else {
        throw .invalidRevisionRange("\(lower.text):\(range.upper?.text ?? "")")
      }
      let end = try walk(from: upper[0], offset, lower, stopsAtEdge: true)
      return ([end].compactMap { $0 }, upper)
    }
    let lower = try range.lower.map { target throws(MetaxyError) in try indexes(ofEnd: target, rows) } ?? []
    guard let target = range.upper, let offset = target.offset, target.symbol == nil else {
      return (lower, try upperEnd(of: range, rows))
    }
    guard lower.count < 2, offset > 0 else { throw .invalidRevisionRange("\(range.lower?.text ?? ""):\(target.text)") }
    let end = try walk(from: lower.first, offset, branch: target.branch, target, stopsAtEdge: true)
    return (lower, [end].compactMap { $0 })
  }

  private func upperEnd(of range: RevisionRange, _ rows: [Int]) throws(MetaxyError) -> [Int] {
    guard let upper = range.upper else { return nodes.indices.filter { allUp[$0].isEmpty } }
    return try indexes(ofEnd: upper, rows)
  }

  private func indexes(ofEnd target: RevisionTarget, _ rows: [Int]) throws(MetaxyError) -> [Int] {
    guard let offset = target.offset, let symbol = target.symbol else { return try indexes(of: target, current: rows) }
    let start = try single(symbol, target, current: rows)
    return try [walk(from: start, offset, branch: target.branch, target, stopsAtEdge: true)].compactMap { $0 }
  }
}

extension RevisionRange {
  fileprivate var needsRows: Bool { lower?.symbol == "current" || upper?.symbol == "current" }
}
