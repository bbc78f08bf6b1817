/// A format of files with rows.
package enum RowFormat: String, Sendable, Hashable, CaseIterable {
  /// Comma-separated values with a header: RFC 4180, with lines that end in LF.
  case csv
  /// One JSON object on each line.
  case jsonl

  /// Returns the format that the ending of a file's name stands for; nil for other endings.
  package static func ofFile(_ path: String) -> RowFormat? {
    let name = path.lowercased()
    if name.hasSuffix(".csv") { return .csv }
    return name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") ? .jsonl : nil
  }
}
