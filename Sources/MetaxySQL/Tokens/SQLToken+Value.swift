extension SQLToken {
  /// The value of the token: an identifier or string without its quotes and escapes, a blob's hexadecimal digits, any
  /// other token as written.
  package var value: String {
    switch kind {
    case .quotedIdentifier, .string:
      return Self.unquoted(text)
    case .blob:
      return String(text.dropFirst(2).dropLast())
    default:
      return String(text)
    }
  }

  private static func unquoted(_ text: Substring) -> String {
    switch text.utf8.first {
    case UInt8(ascii: "["):
      return String(text.dropFirst().dropLast())
    case UInt8(ascii: "$"):
      return dollarBody(text)
    case UInt8(ascii: "E"), UInt8(ascii: "e"):
      return EscapedString.value(of: text)
    case UInt8(ascii: "U"), UInt8(ascii: "u"):
      return EscapedString.unicode(in: undoubled(text.dropFirst(2)))
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      return undoubled(text)
    default:
      return undoubled(text.dropFirst())  // B'…', N'…'
    }
  }

  /// The text between the quotes, with each doubled quote once.
  private static func undoubled(_ text: Substring) -> String {
    guard let quote = text.utf8.first else { return "" }
    var bytes: [UInt8] = []
    var isSecond = false
    for byte in text.utf8.dropFirst().dropLast() {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text between `$tag$` and `$tag$`.
  private static func dollarBody(_ text: Substring) -> String {
    let bytes = text.utf8
    guard let end = bytes.dropFirst().firstIndex(of: UInt8(ascii: "$")) else { return "" }
    let tag = bytes.distance(from: bytes.startIndex, to: end) + 1
    return String(Substring(bytes.dropFirst(tag).dropLast(tag)))
  }
}
