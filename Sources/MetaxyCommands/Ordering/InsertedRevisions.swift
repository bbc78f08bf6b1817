internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

/// A pending revision below or beside applied ones, which it would have preceded.
struct InsertedRevision {
  var file: RevisionFile
  /// The last applied revisions that it would have preceded.
  var followers: [String]
  /// Why it cannot run after one of them; nil if it can.
  var obstacle: (revision: String, overlap: RevisionOverlap)?
  /// Whether it is an ancestor of an applied revision.
  var isBelow: Bool
}

/// Finds the pending revisions that a database's position has already passed.
///
/// One that was inserted below applied revisions runs late, and so does one on a branch beside applied revisions that an empty
/// database would get after it, if nothing merges the branches. That is right only if their order does not matter. Branches with
/// labels or directories of their own, and merged ones, are meant to run in any order.
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
    let bits = graph.bits(ofHeads: unmerged)
    let places = Dictionary(uniqueKeysWithValues: graph.nodes.enumerated().map { ($0.element.revision, $0.offset) })
    // Many revisions have the same followers: those of a branch.
    var siblings: [[UInt64]: Followers] = [:]
    let reaches = Reaches(environment)
    var found: [InsertedRevision] = []
    for file in files {
      let isBelow = state.missing.contains(file.revision)
      let followers: Followers
      if isBelow {
        followers = try Followers(graph.descendants([file.revision]).intersection(applied), graph, reaches)
      } else {
        guard let heads = bits[file.revision], heads.contains(where: { $0 != 0 }) else { continue }
        if let known = siblings[heads] {
          followers = known
        } else {
          followers = try Followers(self.siblings(of: heads, bits), graph, reaches)
          siblings[heads] = followers
        }
      }
      // An interrupted run of several branches continues in the order in which it began.
      func isLater(_ revision: String) -> Bool { places[revision] ?? 0 > places[file.revision] ?? 0 }
      let later = followers.ends.filter(isLater)
      guard !later.isEmpty else { continue }
      var inserted = InsertedRevision(file: file, followers: later, isBelow: isBelow)
      inserted.obstacle = try obstacle(for: file, followers, reaches, isBelow: isBelow, isLater)
      found.append(inserted)
    }
    return found
  }

  /// What each revision changes, read once.
  private final class Reaches {
    private let environment: EnvironmentContext
    private var known: [String: RevisionReach] = [:]

    init(_ environment: EnvironmentContext) { self.environment = environment }

    func reach(of revision: String) throws(MetaxyError) -> RevisionReach? {
      if let reach = known[revision] { return reach }
      guard let file = environment.revisions[revision] else { return nil }
      let reach = try RevisionReach(of: file, environment.record(of: file), for: [environment.dialect])
      known[revision] = reach
      return reach
    }
  }

  /// Applied revisions that follow others, with what all of them change.
  private struct Followers {
    /// In graph order.
    let names: [String]
    let ends: [String]
    private(set) var reaches: [(revision: String, reach: RevisionReach)] = []
    private(set) var all: RevisionReach?

    init(_ revisions: Set<String>, _ graph: RevisionGraph, _ known: Reaches) throws(MetaxyError) {
      names = revisions.isEmpty ? [] : graph.nodes.map(\.revision).filter(revisions.contains)
      ends = graph.ends(names)
      for name in names {
        guard let reach = try known.reach(of: name), !reach.isEmpty else { continue }
        reaches.append((name, reach))
        if all == nil { all = reach } else { all?.formUnion(reach) }
      }
    }
  }

  private func obstacle(
    for file: RevisionFile, _ followers: Followers, _ known: Reaches, isBelow: Bool, _ isLater: (String) -> Bool
  ) throws(MetaxyError) -> (revision: String, overlap: RevisionOverlap)? {
    guard let reach = try known.reach(of: file.revision), let all = followers.all, !reach.isEmpty,
      reach.overlap(with: all) != nil
    else { return nil }
    for (revision, other) in followers.reaches where isLater(revision) {
      guard let overlap = reach.overlap(with: other) else { continue }
      let mayCombine = try isBelow ? false : isCombined(file.revision, revision)
      if !mayCombine { return (revision, overlap) }
    }
    return nil
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

  /// Returns the applied revisions of other unmerged branches than those of `heads`.
  ///
  /// - Parameter bits: the unmerged heads of each revision.
  private func siblings(of heads: [UInt64], _ bits: [String: [UInt64]]) -> Set<String> {
    applied.filter { revision in
      guard let others = bits[revision] else { return false }
      return others.contains { $0 != 0 } && zip(others, heads).allSatisfy { $0 & $1 == 0 }
    }
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
