internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

// The revisions that an argument names.
extension EnvironmentContext {
  /// Returns the names of revisions: one, several such as `heads`, or a range `FROM:TO` with both ends.
  ///
  /// Asks the database only for a target that depends on its position.
  func names(of target: String) throws(MetaxyError) -> Set<String> {
    // The ends of a range are relative to each other.
    let single = target.contains(":") ? nil : try RevisionTarget(target)
    let isRelative = target.contains("current") || single.map { $0.symbol == nil } ?? false
    let current = isRelative ? try readingState(database.openForReading()).rows : []
    guard target.contains(":") else { return Set(try revisions.graph.resolve(target, current: current)) }
    return Set(try revisions.graph.history(RevisionRange(target), current: current))
  }

  /// Returns the files of revisions, oldest first.
  func files(named names: Set<String>) -> [RevisionFile] {
    revisions.revisions.filter { names.contains($0.revision) }
  }
}
