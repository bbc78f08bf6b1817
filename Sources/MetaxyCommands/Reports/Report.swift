package import MetaxyFeatures

/// The result of a command, with its two renderings.
package protocol Report: Sendable {
  /// The result for programs, with a stable shape: keys may be added, never removed.
  var json: JSONValue { get }
  /// The result for users; empty if the progress output already contains it.
  var text: String { get }
  /// Whether the result is "differs".
  var differs: Bool { get }
}

extension Report {
  package var differs: Bool { false }
}

extension JSONValue {
  static func texts(_ texts: some Sequence<String>) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
