package import MetaxyErrors
internal import MetaxyMigrationErrors

extension RevisionGraph {
  /// Returns the revisions that a command's argument refers to; none for `base`.
  ///
  /// - Parameter current: the rows of the version table, for `current`, `+1` and `-1`.
  /// - Throws: `unknown_revision`, `ambiguous_revision`, `multiple_heads`, `not_in_branch`, `relative_too_far`.
  package func resolve(_ text: String, current: Set<String> = []) throws(MetaxyError) -> [String] {
    let target = try RevisionTarget(text)
    guard let offset = target.offset else {
      // A version table that cannot be explained concerns only what depends on it.
      return try names(indexes(of: target, current: target.symbol == "current" ? rows(current) : []))
    }
    guard let symbol = target.symbol else {
      let end =
        try offset > 0 ? walkUp(target, offset, from: rows(current)) : walkDown(target, offset, from: rows(current))
      return names([end].compactMap { $0 })
    }
    let start = try single(symbol, target, current: symbol == "current" ? rows(current) : [])
    return try names([walk(from: start, offset, branch: target.branch, target)].compactMap { $0 })
  }

  /// Returns the nodes of a target without offset.
  func indexes(of target: RevisionTarget, current: [Int]) throws(MetaxyError) -> [Int] {
    switch target.symbol {
    case nil, "base": return []
    case "current": return try lineage(of: target.branch, in: current)
    case "heads":
      if target.branch == nil { return nodes.indices.filter { allUp[$0].isEmpty } }
      return try lineage(of: target.branch, in: headIndexes)
    case "head":
      let found = try lineage(of: target.branch, in: headIndexes)
      guard found.count < 2 else { throw .multipleHeads(target.text, names(found)) }
      return found
    case .some(let symbol): return [try index(of: symbol, branch: target.branch)]
    }
  }

  /// Returns the node to which a target's offset is relative; nil for the base.
  func single(_ symbol: String, _ target: RevisionTarget, current: [Int]) throws(MetaxyError) -> Int? {
    var start = target
    (start.symbol, start.offset) = (symbol, nil)
    let found = try indexes(of: start, current: current)
    guard found.count < 2 else { throw .multipleHeads(target.text, names(found)) }
    return found.first
  }

  /// Returns the node with this identifier, branch label or identifier prefix.
  func index(of name: String, branch: String? = nil) throws(MetaxyError) -> Int {
    let members = try branch.map { name throws(MetaxyError) in try lineage(ofBranch: name) }
    if let index = indexes[name] ?? labels[name] {
      if let branch, members?.contains(index) == false { throw .notInBranch(nodes[index].revision, branch) }
      return index
    }
    let found = nodes.indices.filter { nodes[$0].revision.hasPrefix(name) && members?.contains($0) != false }
    guard let first = found.first else { throw .unknownRevision(name, known: Array(indexes.keys) + Array(labels.keys)) }
    guard found.count == 1 else { throw .ambiguousRevision(name, names(found)) }
    return first
  }

  /// Returns the ancestors and descendants of a branch's revision, including the revision.
  func lineage(ofBranch name: String) throws(MetaxyError) -> Set<Int> {
    do {
      return lineage(of: [try index(of: name)])
    } catch  where error.code == .unknownRevision {
      throw .unknownBranch(name, known: Array(labels.keys))
    }
  }

  /// Returns the ancestors and descendants of these nodes, including the nodes.
  func lineage(of start: [Int], dependencies: Bool = false) -> Set<Int> {
    closure(start, dependencies ? allUp : up).union(closure(start, dependencies ? allDown : down))
  }

  /// Returns the nodes of `candidates` that are on the branch.
  func lineage(of branch: String?, in candidates: [Int]) throws(MetaxyError) -> [Int] {
    guard let branch else { return candidates }
    let members = try lineage(ofBranch: branch)
    return candidates.filter { members.contains($0) }
  }

  /// Returns the nodes of a version table's rows, in graph order.
  ///
  /// - Throws: `unknown_rows` for rows without a revision file, `overlapping_rows` if one row is an ancestor of
  ///   another.
  func rows(_ current: Set<String>) throws(MetaxyError) -> [Int] {
    let unknown = current.filter { indexes[$0] == nil }.sorted()
    guard unknown.isEmpty else { throw .unknownRows(unknown) }
    let rows = current.compactMap { indexes[$0] }.sorted()
    let below = closure(rows.flatMap { allDown[$0] }, allDown)
    let overlapping = rows.filter { below.contains($0) }
    guard overlapping.isEmpty else { throw .overlappingRows(names(rows), below: names(overlapping)) }
    return rows
  }
}
