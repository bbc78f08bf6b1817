// Recorded graphs
// The feature graphs in the system tables of a store.

package import MetaxyErrors

extension MetaxyError.Code {
  /// A graph of generation 0.1 cannot be recorded, because no feature belongs to the configured project.
  ///
  /// Set `project` to the project of the features, or the features' project to the configured one.
  package static let noOwnFeatures = Self("no_own_features")

  /// An external feature has another version here than its project recorded, and `locked` is set.
  ///
  /// Nothing was written.
  ///
  /// Update its definition here, or lock the project again with Metaxy for Python, which rewrites `metaxy.lock`.
  package static let externalVersionDiffers = Self("external_version_differs")

  /// The system tables are missing, or older than what Metaxy writes.
  ///
  /// Upgrade the system environment, with the commands that the error shows.
  package static let systemTablesOutdated = Self("system_tables_outdated")

  /// The graph could not be recorded because of a lock.
  ///
  /// Nothing was written.
  ///
  /// Run the command again.
  package static let cannotRecord = Self("cannot_record")

  /// No recorded snapshot begins with this text.
  ///
  /// Use one that the error lists.
  package static let unknownSnapshot = Self("unknown_snapshot")

  /// Several recorded snapshots begin with this text.
  ///
  /// Write more characters.
  package static let ambiguousSnapshot = Self("ambiguous_snapshot")

  /// A recorded feature cannot be read.
  ///
  /// Compare with `--against FILE` instead.
  package static let unreadableSpec = Self("unreadable_spec")
}
