internal import MetaxyErrors
package import MetaxyFeatures

/// The registry that was written, or found as it is to be.
package struct GenerateReport: Report {
  /// nil when it went to stdout.
  package var path: String?
  package var isWritten = false
  /// Whether the file is not that of the features, and was left so.
  package var isStale = false
  /// The command that writes a stale file.
  var remedy = SuggestedCommand.generate()
  /// How many features there are.
  package var features: Int
  package var snapshotVersion: String
  /// The file's text, when it went to stdout.
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
    // A line end follows every answer.
    if let source { return String(source.dropLast()) }
    let path = path ?? ""
    if isStale { return "\(path) is not of these features\n\nhint: `\(remedy)` writes it anew" }
    guard isWritten else { return "\(path) is up to date" }
    return "wrote \(path), of \(features) \(features == 1 ? "feature" : "features")"
  }
}
