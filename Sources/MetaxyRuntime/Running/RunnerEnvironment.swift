package import MetaxyNames

/// The environment of a runner's revisions.
package struct RunnerEnvironment: Sendable {
  package var versionTable: TableName
  /// The tables that this environment's revisions must not access.
  package var policy: AccessPolicy

  package var logTable: TableName { RevisionLog.name(for: versionTable) }

  package init(versionTable: TableName, policy: AccessPolicy) {
    self.versionTable = versionTable
    self.policy = policy
  }
}

/// A revision that was run.
package struct AppliedRevision: Sendable, Hashable {
  package var revision: String
  package var message: String
  package var direction: String
  package var milliseconds: Int
  package var statements: Int
}
