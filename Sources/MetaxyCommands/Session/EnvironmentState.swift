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
  /// The rows of the version table without a revision file, which only commands that read accept. Their nearest ancestors with
  /// files are in ``current``.
  var unknown: [UnknownVersion] = []
  /// The rows of the version table with a revision file; nil if ``current`` has no others.
  private var knownRows: Set<String>?

  init(current: Set<String>, log: [RevisionLog.Entry], missing: Set<String>) {
    self.current = current
    self.log = log
    self.missing = missing
  }

  /// - Parameter implied: the rows, and the nearest ancestors of `unknown`.
  init(
    rows: Set<String>, implied: Set<String>, unknown: [UnknownVersion], log: [RevisionLog.Entry], missing: Set<String>
  ) {
    self.init(current: implied, log: log, missing: missing)
    knownRows = rows
    self.unknown = unknown
  }

  /// The rows of the version table with a revision file.
  var rows: Set<String> { knownRows ?? current }

  /// Whether the last run stopped in the middle of a revision, so that the tables match no revision.
  var isBetweenRevisions: Bool { log.last?.isHalfApplied ?? false }
}
