package import MetaxyFeatures

/// The revision that has another parent now.
package struct RebaseReport: Report {
  package var revision: String
  /// The parents before.
  package var from: [String]
  /// The parent now.
  package var to: String
  /// The changed files.
  package var paths: [String]

  package var json: JSONValue {
    .object([
      .init("revision", .string(revision)), .init("from", .texts(from)), .init("to", .string(to)),
      .init("paths", .texts(paths)),
    ])
  }

  package var text: String {
    (["`\(revision)` follows `\(to)` now"] + paths.map { "  changed \($0)" }).joined(separator: "\n")
  }
}
