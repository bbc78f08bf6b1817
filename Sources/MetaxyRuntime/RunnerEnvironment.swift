/// What a runner knows of the environment that it runs revisions of.
public struct RunnerEnvironment: Sendable {
  public var versionTable: String
  /// The tables that this environment's revisions may not touch.
  public var policy: AccessPolicy

  public var logTable: String { RevisionLog.name(for: versionTable) }

  public init(versionTable: String, policy: AccessPolicy) {
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
