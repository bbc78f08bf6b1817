import MetaxyErrors

extension TOMLReader {
  /// Reads a key with the blanks around its dots and after it: `a . "b c".d`.
  mutating func readKey() throws(MetaxyError) -> [KeyPart] {
    var parts: [KeyPart] = []
    repeat {
      skipBlanks()
      parts.append(try readKeyPart())
      skipBlanks()
    } while take(".")
    return parts
  }

  private mutating func readKeyPart() throws(MetaxyError) -> KeyPart {
    let start = position
    let text: String
    switch peek {
    case UInt8(ascii: "\""):
      guard !bytes[position...].starts(with: "\"\"\"".utf8) else { throw failure("a key cannot span lines") }
      text = try readBasicString()
    case UInt8(ascii: "'"):
      guard !bytes[position...].starts(with: "'''".utf8) else { throw failure("a key cannot span lines") }
      text = try readLiteralString()
    default: text = try readBareKey()
    }
    return KeyPart(text: text, byteRange: start..<position)
  }

  private mutating func readBareKey() throws(MetaxyError) -> String {
    let start = position
    while let byte = peek, byte.isBareKeyByte { position += 1 }
    guard position > start else {
      let isForeign = peek.map { $0 > 0x7F } ?? false
      throw failure(
        isForeign ? "a key with other characters than A-Z, a-z, 0-9, `_`, `-` needs quotes" : "expected a key")
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
