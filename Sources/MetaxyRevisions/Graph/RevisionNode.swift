/// What a revision graph knows of one revision.
package struct RevisionNode: Sendable, Hashable {
  package var revision: String
  package var downRevisions: [String]
  /// Revisions or branch labels that must be applied first without being followed.
  package var dependencies: [String]
  package var branchLabels: [String]
  /// The file that says so, for errors.
  package var path: String

  package init(
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
  package var node: RevisionNode {
    RevisionNode(
      revision, downRevisions: downRevisions, dependencies: dependencies, branchLabels: branchLabels, path: path)
  }
}
