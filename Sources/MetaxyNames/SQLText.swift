package import MetaxyFeatures

/// Writes identifiers and string literals in the syntax that all engines share.
///
/// Works on Unicode scalars, like the engines: in Swift, a quote followed by a combining mark is one `Character`, which is not
/// equal to a quote.
package enum SQLText {
  /// `"video"`; quotes within are doubled.
  package static func identifier(_ name: String) -> String { quoted(name, by: "\"") }

  /// `"archive"."video"`.
  package static func identifier(_ table: TableName) -> String {
    (table.schema.map { identifier($0) + "." } ?? "") + identifier(table.name)
  }

  /// `"id", "path"`.
  package static func identifiers(_ names: [String]) -> String { names.map { identifier($0) }.joined(separator: ", ") }

  /// `'a.mp4'`; quotes within are doubled.
  package static func literal(_ text: String) -> String { quoted(text, by: "'") }

  /// A value as a literal; the literals for true and false differ between engines.
  package static func literal(_ value: LiteralValue, booleans: (true: String, false: String)) -> String {
    switch value {
    case .string(let text): literal(text)
    case .integer(let digits), .float(let digits): digits
    case .boolean(let value): value ? booleans.true : booleans.false
    case .null: "NULL"
    }
  }

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
