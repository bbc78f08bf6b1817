internal import MetaxyRuntime

/// What the version table and the log of an environment hold: read once per command.
///
/// A run reads both again in its own transactions: another program may have moved the database meanwhile.
struct EnvironmentState {
  /// The revisions that the database is at.
  let current: Set<String>
  /// Every run of a revision, in the order of the runs.
  let log: [RevisionLog.Entry]

  /// Whether the last run stopped in the middle of a revision, so that the tables match no revision.
  var isBetweenRevisions: Bool { log.last?.isHalfApplied ?? false }
}
