internal import MetaxyRuntime

/// The content of the version and log tables of an environment, read once per command.
///
/// A run reads both again in its own transactions, because another program may have changed the revision since.
struct EnvironmentState {
  /// The current revisions of the database.
  let current: Set<String>
  /// Every run of a revision, in the order of the runs.
  let log: [RevisionLog.Entry]
  /// The ancestors of the current revisions that were inserted later and are not applied.
  let missing: Set<String>

  /// Whether the last run stopped in the middle of a revision, so that the tables match no revision.
  var isBetweenRevisions: Bool { log.last?.isHalfApplied ?? false }
}
