package import MetaxyFeatures

/// Names and values as SQL writes them, alike in all engines.
///
/// Quotes are doubled scalar by scalar: a quote that a combining mark follows is one `Character` with it.
package enum SQLText {
  /// `"say ""hi"""`.
  package static func identifier(_ name: String) -> String { "\"\(doubling("\"", in: name))\"" }

  /// `'it''s'`.
  package static func literal(_ text: String) -> String { "'\(doubling("'", in: text))'" }

  package static func literal(_ value: LiteralValue) -> String {
    switch value {
    case .string(let text): literal(text)
    case .integer(let digits), .float(let digits): digits
    case .boolean(let value): value ? "true" : "false"
    case .null: "NULL"
    }
  }

  private static func doubling(_ quote: Unicode.Scalar, in text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(scalar)
      if scalar == quote { scalars.append(scalar) }
    }
    return String(scalars)
  }
}
