internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

/// A revision that gets another parent, so that one of two branches follows the other.
struct RebasePlan {
  /// The first revision of the branch that moves.
  let root: RevisionFile
  /// The last revision of the branch that stays, which becomes its parent.
  let parent: String
  /// Why the branch cannot move; nil if it can.
  let obstacle: MetaxyError?

  /// Plans to put the branch of a revision after another one.
  ///
  /// - Parameters:
  ///   - revision: a revision of the branch that moves; nil for the one of two unmerged branches that is not applied, or was
  ///     created later.
  ///   - target: the revision that it will follow; nil for the other unmerged head.
  /// - Throws: `cannot_rebase` if these do not determine one branch.
  static func make(
    _ environment: EnvironmentContext, _ state: EnvironmentState, moving revision: String? = nil,
    onto target: String? = nil
  ) throws(MetaxyError) -> RebasePlan {
    let graph = environment.revisions.graph
    if let revision {
      let moving = try single(revision, graph, state)
      let parent: String
      if let target {
        parent = try single(target, graph, state)
      } else {
        let others = graph.ends(graph.heads.filter { !graph.descendants([moving]).contains($0) && $0 != moving })
        guard others.count == 1 else { throw .noSingleBranch(others) }
        parent = others[0]
      }
      return try RebasePlan(moving, onto: parent, environment, state)
    }
    let heads = target == nil ? graph.unmergedHeads : graph.heads
    guard heads.count == 2 else { throw .noSingleBranch(heads) }
    let plans = try [(heads[0], heads[1]), (heads[1], heads[0])].map { moving, parent throws(MetaxyError) in
      try RebasePlan(moving, onto: parent, environment, state)
    }
    if let target {
      let parent = try single(target, graph, state)
      guard let plan = plans.first(where: { $0.parent == parent }) else { throw .noSingleBranch(heads) }
      return plan
    }
    let possible = plans.filter { $0.obstacle == nil }
    let later = plans.sorted {
      ($0.root.created?.secondsSince1970 ?? 0, $0.root.revision) < (
        $1.root.created?.secondsSince1970 ?? 0, $1.root.revision
      )
    }
    return (possible.count == 1 ? possible : later).last ?? plans[0]
  }

  private static func single(
    _ text: String, _ graph: RevisionGraph, _ state: EnvironmentState
  ) throws(MetaxyError) -> String {
    let found = try graph.resolve(text, current: state.current)
    guard found.count == 1 else { throw .noSingleRevision(text, found) }
    return found[0]
  }

  private init(
    _ moving: String, onto parent: String, _ environment: EnvironmentContext, _ state: EnvironmentState
  ) throws(MetaxyError) {
    let graph = environment.revisions.graph
    let staying = graph.ancestors([parent])
    let own = graph.ancestors([moving]).subtracting(staying)
    let roots = own.filter { graph.needs(of: $0).allSatisfy(staying.contains) }
    guard roots.count == 1, let root = roots.first.flatMap({ environment.revisions[$0] }),
      root.downRevisions.count < 2
    else { throw .noSingleRoot(moving, parent, roots.sorted()) }
    guard root.downRevisions != [parent] else { throw .noSingleRoot(parent, root.revision, []) }
    self.root = root
    self.parent = parent
    let moved = graph.descendants([root.revision])
    if let reason = Self.applied(moved, environment, state) {
      obstacle = .cannotRebase(root, after: parent, reason)
      return
    }
    let passed = staying.subtracting(graph.ancestors(root.downRevisions))
    let reason = try Self.overlap(of: moved, with: passed, environment)
    obstacle = reason.map { .cannotRebase(root, after: parent, $0) }
  }

  /// Returns what is applied of a branch, as a reason.
  private static func applied(
    _ moved: Set<String>, _ environment: EnvironmentContext, _ state: EnvironmentState
  ) -> String? {
    let graph = environment.revisions.graph
    let applied = graph.ancestors(state.current).subtracting(state.missing).intersection(moved)
    let name = environment.database.displayName
    if let first = graph.nodes.map(\.revision).first(where: applied.contains) {
      return "`\(first)` is applied to `\(name)`"
    }
    guard let last = state.log.last, last.isHalfApplied, moved.contains(last.revision) else { return nil }
    return "`\(last.revision)` is half applied to `\(name)`"
  }

  private static func overlap(
    of moved: Set<String>, with passed: Set<String>, _ environment: EnvironmentContext
  ) throws(MetaxyError) -> String? {
    let session = environment.session
    let others = session.project.migrations.dialects.filter { $0.rawValue != environment.dialect.name }
    let dialects = [environment.dialect] + others.map(session.context.dialect)
    func reaches(_ revisions: Set<String>) throws(MetaxyError) -> [(String, RevisionReach)] {
      try environment.revisions.revisions.filter { revisions.contains($0.revision) }.map { file throws(MetaxyError) in
        (file.revision, try RevisionReach(of: file, environment.record(of: file), for: dialects))
      }.filter { !$0.1.isEmpty }
    }
    let reachesBefore = try reaches(passed)
    for (revision, reach) in try reaches(moved) {
      for (other, otherReach) in reachesBefore {
        guard let overlap = reach.overlap(with: otherReach) else { continue }
        switch overlap {
        case .objects: return "`\(other)` and `\(revision)` \(overlap.displayText)"
        case .unknown: return overlap.displayText
        }
      }
    }
    return nil
  }
}

extension MetaxyError {
  fileprivate static func noSingleBranch(_ heads: [String]) -> MetaxyError {
    MetaxyError(
      .cannotRebase,
      heads.isEmpty
        ? "there is no other branch to put a revision after"
        : "which revision moves after which is not determined: the heads are \(Wording.list(heads))",
      hints: heads.count < 2 ? [] : ["name both: \(.rebase(heads[0], onto: heads[1]))"])
  }

  fileprivate static func noSingleRevision(_ text: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .cannotRebase,
      found.isEmpty ? "`\(text)` is not a revision" : "`\(text)` stands for \(Wording.list(found)): name one of them")
  }

  fileprivate static func noSingleRoot(_ moving: String, _ parent: String, _ roots: [String]) -> MetaxyError {
    MetaxyError(
      .cannotRebase,
      roots.isEmpty
        ? "`\(parent)` follows `\(moving)` already"
        : "cannot put `\(moving)` after `\(parent)`: its branch begins at several places or with a merge",
      hints: roots.isEmpty ? [] : ["\(.merge([moving, parent])) joins them"])
  }

  fileprivate static func cannotRebase(_ root: RevisionFile, after parent: String, _ reason: String) -> MetaxyError {
    MetaxyError(
      .cannotRebase, "cannot put `\(root.revision)` after `\(parent)`: \(reason)",
      Payload(path: root.path, revision: root.revision),
      hints: ["nothing was written; \(.merge([])) joins the branches where their changes can be combined"])
  }
}
