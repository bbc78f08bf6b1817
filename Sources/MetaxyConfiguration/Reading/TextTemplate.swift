/// A text of the configuration file with references to environment variables, in Metaxy's syntax.
///
/// | written | value |
/// |---|---|
/// | `${NAME}` | the variable, which must be set |
/// | `${NAME:-text}` | the variable, or `text` if it is not set |
///
/// A variable that is set to an empty text is empty. There is no escape: `$` alone and `$$` are literal. Metaxy itself
/// replaces an unset variable by an empty text and keeps any other text that starts with `${`. Here both are errors,
/// because they would otherwise only surface when the value is used.
package struct TextTemplate: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    case variable(String, fallback: String?)
  }

  /// The text as written in the file.
  let written: String
  let parts: [Part]

  /// Parses a text; nil if a reference is malformed.
  init?(_ written: String) {
    var parts: [Part] = []
    var rest = Substring(written)
    while let start = rest.firstRange(of: "${") {
      if start.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<start.lowerBound]))) }
      guard let end = rest[start.upperBound...].firstIndex(of: "}"),
        let variable = Self.variable(rest[start.upperBound..<end])
      else { return nil }
      parts.append(variable)
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.written = written
    self.parts = parts
  }

  /// Creates a template without references.
  init(literal text: String) {
    written = text
    parts = text.isEmpty ? [] : [.text(text)]
  }

  /// Parses `NAME` or `NAME:-text`.
  private static func variable(_ text: Substring) -> Part? {
    let name = text.prefix { $0 != ":" }
    let fallback = text[name.endIndex...]
    // A nested reference is refused: Metaxy would end the outer one at the first brace.
    guard !name.isEmpty, !text.contains("${"), fallback.isEmpty || fallback.hasPrefix(":-") else { return nil }
    return .variable(String(name), fallback: fallback.isEmpty ? nil : String(fallback.dropFirst(2)))
  }

  /// Whether the text refers to environment variables.
  var hasVariables: Bool {
    parts.contains { if case .variable = $0 { true } else { false } }
  }

  /// Whether a reference is the first part.
  var startsWithVariable: Bool { if case .variable? = parts.first { true } else { false } }

  /// Returns the text with its references replaced.
  func filled(from environment: [String: String]) throws(UnsetVariable) -> FilledText {
    var values: [String?] = []
    for part in parts {
      guard case .variable(let name, let fallback) = part else {
        values.append(nil)
        continue
      }
      guard let value = environment[name] ?? fallback else { throw UnsetVariable(name: name) }
      values.append(value)
    }
    return FilledText(template: self, values: values)
  }
}

/// A variable that a value of the file requires and that is not set.
struct UnsetVariable: Error {
  var name: String

  /// The hint for the user.
  var hint: String { "set it, or write `${\(name):-…}` with a default" }
}

/// A template with its references replaced.
package struct FilledText: Sendable, Hashable {
  let template: TextTemplate
  /// The value of each reference; nil for a part that is literal text.
  fileprivate let values: [String?]

  /// The whole text, including secrets.
  package var text: String {
    zip(template.parts, values).map { part, value in
      if case .text(let text) = part { text } else { value ?? "" }
    }.joined()
  }

  /// Returns the text for display, redacted by a rule that hides secrets in a text.
  ///
  /// The rule first sees each variable as a single character, so that it hides a variable either completely or not at
  /// all, whatever its value is. Then it sees the resulting text.
  func redacted(by rule: (String) -> String) -> String {
    var redacted = rule(
      zip(template.parts.indices, template.parts).map { index, part in
        if case .text(let text) = part { text } else { String(Self.mark(index)) }
      }.joined())
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      redacted = redacted.replacing(String(Self.mark(index)), with: value)
    }
    return rule(redacted)
  }

  /// Returns a private-use character, which no configuration otherwise contains.
  private static func mark(_ index: Int) -> Character {
    UnicodeScalar(UInt32(0xF0000 + index % 0xFFFE)).map { Character($0) } ?? "*"
  }
}
