package import MetaxyFeatures

/// The answer of a command, with its two renderings.
package protocol Report: Sendable {
  /// The answer for programs: a shape that others rely on. Keys may be added, never removed.
  var json: JSONValue { get }
  /// The answer for people; empty when the narration said it all.
  var text: String { get }
  /// Whether the answer is "differs".
  var differs: Bool { get }
}

extension Report {
  package var differs: Bool { false }
}

extension JSONValue {
  static func texts(_ texts: some Sequence<String>) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
