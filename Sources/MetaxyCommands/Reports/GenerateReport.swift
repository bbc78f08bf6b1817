internal import MetaxyErrors
package import MetaxyFeatures

/// The registry file that was written, or that is up to date.
package struct GenerateReport: Report {
  /// The path; nil if the source went to stdout.
  package var path: String?
  package var isWritten = false
  /// Whether the file is outdated and was not changed.
  package var isStale = false
  /// The command that writes a stale file.
  var remedy = SuggestedCommand.generate()
  /// How many features there are.
  package var features: Int
  package var snapshotVersion: String
  /// The file's text, if it went to stdout.
  package var source: String?

  package var differs: Bool { isStale }

  package var json: JSONValue {
    .object([
      .init("path", JSONValue(path)), .init("written", .boolean(isWritten)), .init("stale", .boolean(isStale)),
      .init("features", JSONValue(features)), .init("snapshot_version", .string(snapshotVersion)),
      .init("source", JSONValue(source)),
    ])
  }

  package var text: String {
    // The printer adds a line end.
    if let source { return String(source.dropLast()) }
    let path = path ?? ""
    if isStale { return "\(path) is not of these features\n\nhint: `\(remedy)` writes it anew" }
    guard isWritten else { return "\(path) is up to date" }
    return "wrote \(path), of \(features) \(features == 1 ? "feature" : "features")"
  }
}
