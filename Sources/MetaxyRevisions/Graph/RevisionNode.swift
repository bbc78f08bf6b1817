/// The part of a revision that the graph needs.
package struct RevisionNode: Sendable, Hashable {
  package var revision: String
  package var downRevisions: [String]
  /// Revisions or branch labels that must be applied first although they are not parents.
  package var dependencies: [String]
  package var branchLabels: [String]
  /// The path of the revision file, for errors.
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
  /// This revision as a node of the graph.
  package var node: RevisionNode {
    RevisionNode(
      revision, downRevisions: downRevisions, dependencies: dependencies, branchLabels: branchLabels, path: path)
  }
}
