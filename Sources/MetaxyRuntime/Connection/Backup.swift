internal import MetaxyTime

/// The names of backups.
package enum Backup {
  /// Returns the suffix after the database's name: `-4f1c2a9b7d3e-20261122T100731Z.backup`, or `-base-…` before the
  /// first revision.
  package static func suffix(at revisions: some Collection<String>) -> String {
    suffix(at: revisions, time: Timestamp().text)
  }

  /// - Parameter time: in the format of ``Timestamp``; fractions of a second are left out.
  static func suffix(at revisions: some Collection<String>, time: String) -> String {
    let place = revisions.isEmpty ? "base" : revisions.sorted().joined(separator: "+")
    let parts = time.prefix { $0 != "." }.split(separator: " ").map { $0.filter(\.isNumber) }
    return "-\(place)-\(parts.joined(separator: "T"))Z.backup"
  }
}
