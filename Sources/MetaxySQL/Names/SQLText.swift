/// Writes identifiers and string literals as SQL has them on every engine.
///
/// Works on scalars, as the engines do: in Swift a quote followed by a combining mark is one `Character` that is not equal to
/// a quote.
package enum SQLText {
  /// `"video"`; quotes within are doubled.
  package static func identifier(_ name: String) -> String { quoted(name, by: "\"") }

  /// `'a.mp4'`; quotes within are doubled.
  package static func literal(_ text: String) -> String { quoted(text, by: "'") }

  private static func quoted(_ text: String, by quote: Unicode.Scalar) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(quote)
    for scalar in text.unicodeScalars {
      if scalar == quote { scalars.append(quote) }
      scalars.append(scalar)
    }
    scalars.append(quote)
    return String(scalars)
  }

  /// Reads an identifier in double quotes from the start of `text` and removes it there; nil, with `text` unchanged, if there
  /// is none.
  package static func readIdentifier(_ text: inout Substring.UnicodeScalarView) -> String? {
    guard text.first == "\"" else { return nil }
    var name = String.UnicodeScalarView()
    var rest = text.dropFirst()
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        guard rest.first == "\"" else {
          text = rest
          return String(name)
        }
        rest.removeFirst()
      }
      name.append(scalar)
    }
    return nil
  }
}
