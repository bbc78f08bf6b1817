/// PostgreSQL's strings with escapes: `E'a\n'` and `U&'\0441'`.
///
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE>
enum EscapedString {
  /// Returns where the string that closes at `index` continues: `'a'`, a line end and `'b'` are one string.
  ///
  /// - Returns: the offset after the opening quote of the next part; nil if the string ends here.
  static func continuation(in bytes: [UInt8], from index: Int) -> Int? {
    var index = index
    var crossedLine = false
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        crossedLine = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C:
        break
      case UInt8(ascii: "-") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "-"):
        while index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "\n") { index += 1 }
      case UInt8(ascii: "'") where crossedLine:
        return index + 1
      default:
        return nil
      }
      index += 1
    }
    return nil
  }

  /// Returns the value of `E'…'` with its continuations.
  static func value(of text: Substring) -> String {
    let bytes = Array(text.utf8)
    var value: [UInt8] = []
    var index = 2
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index = appendEscape(in: bytes, at: index + 1, to: &value)
      case UInt8(ascii: "'") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "'"):
        value.append(UInt8(ascii: "'"))
        index += 2
      case UInt8(ascii: "'"):
        index = continuation(in: bytes, from: index + 1) ?? bytes.count
      default:
        value.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: value, as: UTF8.self)
  }

  /// Reads one escape, whose backslash is before `index`, and returns the offset after it.
  private static func appendEscape(in bytes: [UInt8], at index: Int, to value: inout [UInt8]) -> Int {
    guard index < bytes.count else { return index }
    switch bytes[index] {
    case UInt8(ascii: "b"): value.append(0x08)
    case UInt8(ascii: "f"): value.append(0x0C)
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "r"): value.append(0x0D)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "x"):
      return appendNumber(in: bytes, from: index + 1, digits: 1...2, radix: 16, to: &value) ?? index
    case UInt8(ascii: "u"):
      return appendNumber(in: bytes, from: index + 1, digits: 4...4, radix: 16, to: &value) ?? index
    case UInt8(ascii: "U"):
      return appendNumber(in: bytes, from: index + 1, digits: 8...8, radix: 16, to: &value) ?? index
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      return appendNumber(in: bytes, from: index, digits: 1...3, radix: 8, to: &value) ?? index
    default: value.append(bytes[index])
    }
    return index + 1
  }

  /// Appends a byte (up to three digits) or a code point (four or eight digits) and returns the offset after its
  /// digits.
  private static func appendNumber(
    in bytes: [UInt8], from start: Int, digits: ClosedRange<Int>, radix: Int, to value: inout [UInt8]
  ) -> Int? {
    let text = bytes[min(start, bytes.count)...].prefix(digits.upperBound)
      .prefix { Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < radix } ?? false }
    guard text.count >= digits.lowerBound, let number = UInt32(String(decoding: text, as: UTF8.self), radix: radix)
    else { return nil }
    if digits.upperBound < 4 {
      value.append(UInt8(truncatingIfNeeded: number))
    } else if let scalar = Unicode.Scalar(number) {
      value.append(contentsOf: String(Character(scalar)).utf8)
    }
    return start + text.count
  }

  /// Returns the value of the content of `U&'…'`, with `\0441`, `\+01F600` and `\\` decoded.
  static func unicode(in text: String) -> String {
    let bytes = Array(text.utf8)
    var value: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        value.append(bytes[index])
        index += 1
        continue
      }
      let isLong = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "+")
      let start = isLong ? index + 2 : index + 1
      let digits = isLong ? 6 : 4
      if let next = appendNumber(in: bytes, from: start, digits: digits...digits, radix: 16, to: &value) {
        index = next
      } else {
        value.append(UInt8(ascii: "\\"))
        index += index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\\") ? 2 : 1
      }
    }
    return String(decoding: value, as: UTF8.self)
  }
}
