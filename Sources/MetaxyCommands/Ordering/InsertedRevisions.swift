internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

/// A pending revision below or beside applied ones, which it would have preceded.
struct InsertedRevision {
  var file: RevisionFile
  /// The last applied revisions that follow it, or that follow another child of its parents.
  var followers: [String]
  /// Why it cannot run after one of them; nil if it can.
  var obstacle: (revision: String, overlap: RevisionOverlap)?
  /// Whether it is an ancestor of an applied revision.
  var isBelow: Bool
}

/// Finds the pending revisions that a database's position has already passed.
///
/// One that was inserted below applied revisions, and one on a branch beside applied revisions that nothing merges, run late. That
/// is right only if their order does not matter. Branches with labels or directories of their own, and merged ones, are meant
/// to run in any order.
struct InsertedRevisions {
  private let environment: EnvironmentContext
  private let state: EnvironmentState
  private let graph: RevisionGraph
  private let applied: Set<String>

  init(_ environment: EnvironmentContext, _ state: EnvironmentState) {
    self.environment = environment
    self.state = state
    graph = environment.revisions.graph
    applied = graph.ancestors(state.current).subtracting(state.missing)
  }

  /// Returns those among `files`.
  func find(among files: [RevisionFile]) throws(MetaxyError) -> [InsertedRevision] {
    guard !applied.isEmpty else { return [] }
    let unmerged = graph.unmergedHeads
    guard !state.missing.isEmpty || !unmerged.isEmpty else { return [] }
    var found: [InsertedRevision] = []
    var reaches: [String: RevisionReach] = [:]
    func reach(_ revision: String) throws(MetaxyError) -> RevisionReach? {
      if let known = reaches[revision] { return known }
      guard let file = environment.revisions[revision] else { return nil }
      let made = try RevisionReach(of: file, environment.record(of: file), for: [environment.dialect])
      reaches[revision] = made
      return made
    }
    for file in files {
      let isBelow = state.missing.contains(file.revision)
      let followers = isBelow ? followers(of: file.revision) : siblings(of: file.revision, unmerged)
      guard !followers.isEmpty else { continue }
      var inserted = InsertedRevision(file: file, followers: graph.ends(followers), isBelow: isBelow)
      for follower in graph.nodes.map(\.revision) where followers.contains(follower) {
        guard let own = try reach(file.revision), let other = try reach(follower), !own.isEmpty, !other.isEmpty,
          let overlap = own.overlap(with: other)
        else { continue }
        let mayCombine = try isBelow ? false : isCombined(file.revision, follower)
        if mayCombine { continue }
        inserted.obstacle = (follower, overlap)
        break
      }
      found.append(inserted)
    }
    return found
  }

  /// Refuses a run of revisions of which one cannot run after those that it would have preceded.
  ///
  /// - Throws: `out_of_order`.
  func requireAnyOrder(of files: [RevisionFile]) throws(MetaxyError) {
    for inserted in try find(among: files) {
      guard let obstacle = inserted.obstacle else { continue }
      throw .outOfOrder(inserted, obstacle, unmerged: graph.unmergedHeads)
    }
  }

  private func followers(of revision: String) -> Set<String> {
    graph.descendants([revision]).intersection(applied)
  }

  /// The applied revisions of other unmerged branches, if the revision is of one.
  private func siblings(of revision: String, _ unmerged: [String]) -> Set<String> {
    let following = graph.descendants([revision])
    guard unmerged.contains(where: following.contains) else { return [] }
    let others = unmerged.filter { !following.contains($0) }
    return graph.ancestors(others).intersection(applied).subtracting(graph.ancestors([revision]))
  }

  /// Whether the records of two branches show that their changes of the same tables can be combined.
  private func isCombined(_ revision: String, _ other: String) throws(MetaxyError) -> Bool {
    for name in [revision, other] {
      guard let file = environment.revisions[name], try environment.record(of: file) != nil else { return false }
    }
    _ = try environment.recordedSchema(at: [revision, other])
    return true
  }
}

extension MetaxyError {
  fileprivate static func outOfOrder(
    _ inserted: InsertedRevision, _ obstacle: (revision: String, overlap: RevisionOverlap), unmerged: [String]
  ) -> MetaxyError {
    let (revision, parents) = (inserted.file.revision, inserted.file.downRevisions)
    let place = inserted.isBelow ? "below `\(obstacle.revision)`" : "beside `\(obstacle.revision)`"
    let below: SuggestedCommand = .downgrade(to: parents.first ?? "base")
    return MetaxyError(
      .outOfOrder,
      "revision `\(revision)` (\(inserted.file.path)) is \(place), which is applied, and cannot run after it:"
        + " \(obstacle.overlap.displayText)",
      Payload(path: inserted.file.path, revision: revision),
      hints: inserted.isBelow
        ? ["\(below), then \(.upgrade()), runs both in order"]
        : [
          "\(.merge(unmerged)) states that both can run in any order",
          "\(below), then \(.upgrade(to: "heads")), runs both",
        ])
  }
}
