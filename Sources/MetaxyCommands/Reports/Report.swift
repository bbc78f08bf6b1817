package import MetaxyFeatures

/// The result of a command, with its two renderings.
package protocol Report: Sendable {
  /// The result for programs, with a stable shape: keys may be added, never removed.
  var json: JSONValue { get }
  /// The result for users; empty if the progress output already contains it.
  var text: String { get }
  /// The result for users in one line, beside the name of its database.
  var line: String { get }
  /// The result at the lines of files that it is about, for services of continuous integration.
  var annotations: [Annotation] { get }
  /// Whether the result is "differs".
  var differs: Bool { get }
  /// Whether a part of the work failed; the result has the other parts.
  var hasFailed: Bool { get }
}

extension Report {
  package var line: String {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.joined(separator: "; ")
  }
  package var annotations: [Annotation] { [] }
  package var differs: Bool { false }
  package var hasFailed: Bool { false }
}

extension JSONValue {
  static func texts(_ texts: some Sequence<String>) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
