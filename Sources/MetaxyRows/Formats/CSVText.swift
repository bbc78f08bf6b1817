/// The fields of comma-separated values.
///
/// NULL is an empty field, and an empty text is `""`, as in PostgreSQL's COPY.
///
/// <https://www.rfc-editor.org/rfc/rfc4180>
package enum CSVText {
  /// Appends a field.
  package static func append(_ cell: Cell, to bytes: inout [UInt8]) {
    switch cell {
    case .null: break
    case .number(let digits): bytes += digits.utf8
    case .truth(let value): bytes += (value ? "true" : "false").utf8
    case .text(let text), .json(let text): append(text, to: &bytes)
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    guard text.isEmpty || text.utf8.contains(where: isSpecial) else {
      bytes += text.utf8
      return
    }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  static let quote = UInt8(ascii: "\"")
}
