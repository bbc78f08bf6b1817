public import MetaxySchema

/// What a runner knows of the environment that it runs revisions of.
public struct RunnerEnvironment: Sendable {
  public var versionTable: TableName
  /// The tables that this environment's revisions may not touch.
  public var policy: AccessPolicy

  public var logTable: TableName { RevisionLog.name(for: versionTable) }

  public init(versionTable: TableName, policy: AccessPolicy) {
    self.versionTable = versionTable
    self.policy = policy
  }
}

/// A revision that was run.
public struct AppliedRevision: Sendable, Hashable {
  public var revision: String
  public var message: String
  public var direction: String
  public var milliseconds: Int
  public var statements: Int
}
