/// The `table_prefix` of a store on SQLite or PostgreSQL, with the directories of its revisions, which name its tables.
///
/// A store with an unset variable has one, too: its database cannot be reached here, but it gets the same revisions.
package struct StorePrefix: Sendable, Hashable {
  /// The name of the store.
  package let store: String
  /// What the names of its tables start with; empty for nothing.
  package let prefix: String
  /// Its own user environment; nil if it uses the project's.
  package let directory: String?
  /// Its own system environment; nil if it uses the project's.
  package let systemDirectory: String?

  /// The longest prefix in bytes: `idx_<prefix>metaxy_system__feature_versions_lookup` is a name on PostgreSQL.
  static let maximumLength = 21
}

extension ConfiguredStores {
  /// The prefix of a database that is not in the configuration: that of the stores without directories of their own, whose
  /// revisions it gets; empty if they differ.
  var prefixOfOtherDatabases: String {
    let prefixes = Set(configuration.prefixes.filter { $0.directory == nil }.map(\.prefix))
    return prefixes.count == 1 ? prefixes.first ?? "" : ""
  }
}
