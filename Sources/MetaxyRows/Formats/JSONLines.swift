internal import MetaxyHashing

/// The values of JSON Lines.
package enum JSONLines {
  /// Appends a value. A JSON text keeps its digits and the order of its members; its line ends become blanks.
  package static func append(_ cell: Cell, to bytes: inout [UInt8]) {
    switch cell {
    case .null: bytes += "null".utf8
    case .number(let digits): bytes += digits.utf8
    case .truth(let value): bytes += (value ? "true" : "false").utf8
    case .text(let text): appendString(text, to: &bytes)
    case .json(let text):
      // Strings of JSON escape their line ends, so that these are between the values.
      for byte in text.utf8 { bytes.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
    }
  }

  /// Appends a string with its quotes and escapes.
  package static func appendString(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case ..<0x20:
        bytes += "\\u00".utf8
        Hexadecimal.append([byte], to: &bytes)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
