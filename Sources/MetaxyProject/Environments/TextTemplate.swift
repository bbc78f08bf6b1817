/// A text of the configuration file with places that environment variables fill, in Metaxy's own notation.
///
/// | written | stands for |
/// |---|---|
/// | `${NAME}` | the variable, which must be set |
/// | `${NAME:-text}` | the variable, or `text` where it is not set |
///
/// A variable that is set and empty is an empty text. There is no escape: `$` alone, and `$$`, stand for themselves. Metaxy
/// itself takes a variable that is not set for an empty text, and anything else that begins with `${` as it is written; here
/// both are errors, as the one or the other would only surprise at its first use.
struct TextTemplate: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    case variable(String, fallback: String?)
  }

  /// As it stands in the file.
  let written: String
  let parts: [Part]

  /// Reads a text; nil where a place is not written as one.
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

  /// A text that is meant as it is.
  init(literal text: String) {
    written = text
    parts = text.isEmpty ? [] : [.text(text)]
  }

  /// Reads `NAME` or `NAME:-text`.
  private static func variable(_ text: Substring) -> Part? {
    let name = text.prefix { $0 != ":" }
    let fallback = text[name.endIndex...]
    // A place within a place: Metaxy would end it at the first brace.
    guard !name.isEmpty, !text.contains("${"), fallback.isEmpty || fallback.hasPrefix(":-") else { return nil }
    return .variable(String(name), fallback: fallback.isEmpty ? nil : String(fallback.dropFirst(2)))
  }

  /// Whether environment variables have a part in it.
  var hasVariables: Bool {
    parts.contains { if case .variable = $0 { true } else { false } }
  }

  /// Fills the places.
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

/// A variable that a value of the file needs and the environment has not.
struct UnsetVariable: Error {
  var name: String

  /// What to do about it.
  var hint: String { "set it, or write `${\(name):-…}` with what stands in where it is not set" }
}

/// A template with its places filled.
struct FilledText: Sendable, Hashable {
  let template: TextTemplate
  /// What fills each part; nil for a part that is text already.
  fileprivate let values: [String?]

  /// The whole text, secrets included.
  var text: String {
    zip(template.parts, values).map { part, value in
      if case .text(let text) = part { text } else { value ?? "" }
    }.joined()
  }

  /// Returns the text as it may be shown, by a rule that says what of a text must be hidden.
  ///
  /// The rule sees each variable as one character at first, so that what it hides of a variable it hides whole, whatever
  /// the value holds; then it sees the text as it is.
  func redacted(by rule: (String) -> String) -> String {
    var displayText = rule(
      zip(template.parts.indices, template.parts).map { index, part in
        if case .text(let text) = part { text } else { String(Self.mark(index)) }
      }.joined())
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      displayText = displayText.replacing(String(Self.mark(index)), with: value)
    }
    return rule(displayText)
  }

  /// A character for private use, which nothing else in a configuration is.
  private static func mark(_ index: Int) -> Character {
    UnicodeScalar(UInt32(0xF0000 + index % 0xFFFE)).map { Character($0) } ?? "*"
  }
}
