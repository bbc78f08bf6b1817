/// Names and texts as both engines read them.
package enum SQLText {
  /// A name in double quotes, so that it is neither folded nor a keyword.
  package static func quoted(_ name: String) -> String { wrapped(name, "\"") }

  /// A table's name in quotes, after that of its schema if it has one.
  package static func quoted(_ table: TableName) -> String {
    (table.schema.map { quoted($0) + "." } ?? "") + quoted(table.name)
  }

  /// Names in quotes, separated by commas.
  package static func list(_ names: [String]) -> String { names.map { quoted($0) }.joined(separator: ", ") }

  /// A text as a string literal.
  package static func literal(_ text: String) -> String { wrapped(text, "'") }

  /// Compares scalars, not characters: a quotation mark with a combining accent must be doubled as well.
  private static func wrapped(_ text: String, _ quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView([quote])
    for scalar in text.unicodeScalars {
      if scalar == quote { result.append(quote) }
      result.append(scalar)
    }
    result.append(quote)
    return String(result)
  }
}
