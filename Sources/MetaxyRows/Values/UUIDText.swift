/// A UUID: `6f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0`, as SQLAlchemy's 32 digits on SQLite.
package struct UUIDText: Sendable, Hashable {
  /// The 32 digits in lower case.
  package let digits: String

  /// Parses both forms, in any case; nil for other texts.
  package init?(_ text: String) {
    let length = text.utf8.count
    guard length == 32 || length == 36 else { return nil }
    var digits: [UInt8] = []
    digits.reserveCapacity(32)
    for (position, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): digits.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digits.append(byte | 0x20)
      case UInt8(ascii: "-") where length == 36 && [8, 13, 18, 23].contains(position): continue
      default: return nil
      }
    }
    guard digits.count == 32 else { return nil }
    self.digits = String(decoding: digits, as: UTF8.self)
  }

  /// The form with hyphens.
  package var text: String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (position, digit) in digits.utf8.enumerated() {
      if position >= 8, position <= 20, position.isMultiple(of: 4) { text.append(UInt8(ascii: "-")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
