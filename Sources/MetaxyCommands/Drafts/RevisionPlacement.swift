internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions

/// Where a new revision goes: its links to other revisions, and the directory of its file.
struct RevisionPlacement {
  let parents: [String]
  private(set) var dependencies: [String] = []
  let branchLabels: [String]
  /// An absolute path.
  let directory: String

  /// - Throws: errors for parents, dependencies, labels and directories that cannot be used.
  init(of request: Commands.RevisionRequest, in environment: EnvironmentContext) throws(MetaxyError) {
    let graph = environment.revisions.graph
    let parents = try graph.parents(ofNew: [request.head], splices: request.splices)
    try self.init(
      parents, branchLabels: request.branchLabel.map { [$0] } ?? [], versionPath: request.versionPath, environment)
    dependencies = try graph.dependencies(ofNew: request.dependencies).filter { !parents.contains($0) }
  }

  /// - Parameter versionPath: the directory as it was typed; nil for that of the first parent.
  init(
    _ parents: [String], branchLabels: [String], versionPath: String? = nil, _ environment: EnvironmentContext
  ) throws(MetaxyError) {
    for label in branchLabels { try environment.revisions.graph.checkNewBranch(label) }
    self.parents = parents
    self.branchLabels = branchLabels
    directory = try Self.directory(versionPath, after: parents, environment)
  }

  /// Adds the revisions of other branches that changed the objects of `record` last: where these are not applied yet, the
  /// statements of the new revision would fail.
  ///
  /// - Returns: the added ones.
  mutating func depend(onBranchesOf record: RevisionRecord, _ environment: EnvironmentContext) throws(MetaxyError)
    -> [String]
  {
    let graph = environment.revisions.graph
    let applied = Set(try graph.applied(Set(graph.ends(parents + dependencies))))
    let changed = ([record] + record.dialects.values).reduce(into: Set()) { $0.formUnion($1.objectNames) }
    var others: [String] = []
    for file in environment.revisions.revisions where !applied.contains(file.revision) {
      guard let other = try environment.record(of: file) else { continue }
      if ([other] + other.dialects.values).contains(where: { !$0.objectNames.isDisjoint(with: changed) }) {
        others.append(file.revision)
      }
    }
    let added = graph.ends(others)
    dependencies += added
    return added
  }

  private static func directory(
    _ typed: String?, after parents: [String], _ environment: EnvironmentContext
  ) throws(MetaxyError) -> String {
    let locations = environment.environment.versionLocations
    let root = environment.session.project.root
    if let typed {
      let bases = [environment.session.context.workingDirectory, root]
      if let found = bases.map({ Paths.resolve(typed, in: $0) }).first(where: locations.contains) { return found }
      throw .unknownVersionPath(typed, locations.map(environment.session.project.displayPath))
    }
    guard locations.count > 1 else { return environment.environment.versionsDirectory }
    guard let parent = parents.first.flatMap({ environment.revisions[$0] }) else {
      throw .versionPathMissing(locations.map(environment.session.project.displayPath))
    }
    let path = Paths.resolve(parent.path, in: root)
    return locations.first { path.hasPrefix($0 + "/") } ?? Paths.parent(of: path)
  }
}
