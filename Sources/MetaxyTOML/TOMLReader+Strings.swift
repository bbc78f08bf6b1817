import MetaxyErrors

extension TOMLReader {
  /// Reads `"text"`.
  mutating func readBasicString() throws(MetaxyError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try readEscape()
      default: text.append(try readStringByte(start: start))
      }
    }
    throw failure("string is never closed", at: start)
  }

  /// Reads `'text'`.
  mutating func readLiteralString() throws(MetaxyError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while peek != nil {
      if take("'") { return String(decoding: text, as: UTF8.self) }
      text.append(try readStringByte(start: start))
    }
    throw failure("string is never closed", at: start)
  }

  /// Reads `"""text"""`.
  mutating func readLongBasicString() throws(MetaxyError) -> String {
    let start = position
    position += 3
    _ = takeLineEnd()  // the text starts after a line end that directly follows the quotes
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        if takeClosing("\"", into: &text) { return String(decoding: text, as: UTF8.self) }
      case UInt8(ascii: "\\"):
        if !skipFoldedLines() { text += try readEscape() }
      default: text.append(try readLongStringByte())
      }
    }
    throw failure("string is never closed", at: start)
  }

  /// Reads `'''text'''`.
  mutating func readLongLiteralString() throws(MetaxyError) -> String {
    let start = position
    position += 3
    _ = takeLineEnd()
    var text: [UInt8] = []
    while let byte = peek {
      if byte == UInt8(ascii: "'") {
        if takeClosing("'", into: &text) { return String(decoding: text, as: UTF8.self) }
      } else {
        text.append(try readLongStringByte())
      }
    }
    throw failure("string is never closed", at: start)
  }

  private mutating func readStringByte(start: Int) throws(MetaxyError) -> UInt8 {
    let byte = bytes[position]
    if byte == UInt8(ascii: "\n") || isCarriageReturnLineFeed { throw failure("string is never closed", at: start) }
    guard !byte.isInvalidControl else { throw failure("control characters in a string must be escaped") }
    position += 1
    return byte
  }

  private mutating func readLongStringByte() throws(MetaxyError) -> UInt8 {
    if takeLineEnd() { return UInt8(ascii: "\n") }
    let byte = bytes[position]
    guard !byte.isInvalidControl else { throw failure("control characters in a string must be escaped") }
    position += 1
    return byte
  }

  /// Takes a run of quotes and returns whether it closes the string. The text itself may end with one or two quotes.
  private mutating func takeClosing(_ quote: Unicode.Scalar, into text: inout [UInt8]) -> Bool {
    var count = 0
    while count < 5, take(quote) { count += 1 }
    let own = count < 3 ? count : count - 3
    text += repeatElement(UInt8(ascii: quote), count: own)
    return count >= 3
  }

  /// Takes a backslash at the end of a line, with all white space up to the next text.
  private mutating func skipFoldedLines() -> Bool {
    let start = position
    position += 1
    skipBlanks()
    guard takeLineEnd() else {
      position = start
      return false
    }
    repeat { skipBlanks() } while takeLineEnd()
    return true
  }

  private mutating func readEscape() throws(MetaxyError) -> [UInt8] {
    let start = position
    position += 1
    defer { position += 1 }
    switch peek {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "\""): return [0x22]
    case UInt8(ascii: "\\"): return [0x5C]
    case UInt8(ascii: "u"): return try readScalar(digits: 4, start: start)
    case UInt8(ascii: "U"): return try readScalar(digits: 8, start: start)
    default: throw failure("unknown escape; write a backslash as `\\\\`, or the string in single quotes", at: start)
    }
  }

  /// Reads the digits after `\u`, with the cursor left on the last one.
  private mutating func readScalar(digits: Int, start: Int) throws(MetaxyError) -> [UInt8] {
    let text = bytes[(position + 1)...].prefix(digits)
    // `UInt32` would accept a sign too.
    guard text.count == digits, text.allSatisfy(\.isHexDigit),
      let value = UInt32(String(decoding: text, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(value)
    else { throw failure("escape needs \(digits) hexadecimal digits that name a character", at: start) }
    position += digits
    return Array(String(scalar).utf8)
  }
}

extension UInt8 {
  var isHexDigit: Bool { isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
