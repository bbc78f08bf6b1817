// Recorded graphs
// The feature graphs in the system tables of a store.

extension MetaxyError.Code {
  /// The system tables are missing, or older than what Metaxy writes.
  ///
  /// Upgrade the system environment, with the commands that the error shows.
  public static let systemTablesOutdated = Self("system_tables_outdated")

  /// The graph could not be recorded because of a lock.
  ///
  /// Nothing was written.
  ///
  /// Run the command again.
  public static let cannotRecord = Self("cannot_record")

  /// No graph is recorded for the project.
  ///
  /// Record it with `metaxy graph push`.
  public static let nothingRecorded = Self("nothing_recorded")

  /// No recorded snapshot begins with this text.
  ///
  /// Use one that the error lists.
  public static let unknownSnapshot = Self("unknown_snapshot")

  /// Several recorded snapshots begin with this text.
  ///
  /// Write more characters.
  public static let ambiguousSnapshot = Self("ambiguous_snapshot")

  /// A recorded feature cannot be read.
  ///
  /// Compare with `--against FILE` instead.
  public static let unreadableSpec = Self("unreadable_spec")
}
