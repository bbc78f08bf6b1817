public import MetaxyFeatures

/// The registry that was written, or found as it is to be.
public struct GenerateReport: Report {
  /// nil when it went to stdout.
  public var path: String?
  public var isWritten = false
  /// Whether the file is not that of the features, and was left so.
  public var isStale = false
  /// How many features there are.
  public var features: Int
  public var snapshotVersion: String
  /// The file's text, when it went to stdout.
  public var source: String?

  public var differs: Bool { isStale }

  public var json: JSONValue {
    .object([
      .init("path", JSONValue(path)), .init("written", .boolean(isWritten)), .init("stale", .boolean(isStale)),
      .init("features", JSONValue(features)), .init("snapshot_version", .string(snapshotVersion)),
      .init("source", JSONValue(source)),
    ])
  }

  public var text: String {
    // A line end follows every answer.
    if let source { return String(source.dropLast()) }
    let path = path ?? ""
    if isStale { return "\(path) is not of these features\n\nhint: `metaxy generate` writes it anew" }
    guard isWritten else { return "\(path) is up to date" }
    return "wrote \(path), of \(features) \(features == 1 ? "feature" : "features")"
  }
}
