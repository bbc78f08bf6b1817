/// The rules for the name of a version table.
package enum VersionTableName {
  /// The suffix of the log table next to each version table.
  package static let logSuffix = "_log"

  /// Returns whether a name fits. PostgreSQL silently truncates names to 63 bytes, and the log's name is the longest.
  package static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && (name + logSuffix).utf8.count <= 63 && !name.utf8.contains(0)
  }
}
