/// What a revision graph knows of one revision.
public struct RevisionNode: Sendable, Hashable {
  public var revision: String
  public var downRevisions: [String]
  /// Revisions or branch labels that must be applied first without being followed.
  public var dependencies: [String]
  public var branchLabels: [String]
  /// The file that says so, for errors.
  public var path: String

  public init(
    _ revision: String, downRevisions: [String] = [], dependencies: [String] = [], branchLabels: [String] = [],
    path: String = ""
  ) {
    self.revision = revision
    self.downRevisions = downRevisions
    self.dependencies = dependencies
    self.branchLabels = branchLabels
    self.path = path
  }
}

extension RevisionFile {
  /// What a graph knows of this revision.
  public var node: RevisionNode {
    RevisionNode(
      revision, downRevisions: downRevisions, dependencies: dependencies, branchLabels: branchLabels, path: path)
  }
}
