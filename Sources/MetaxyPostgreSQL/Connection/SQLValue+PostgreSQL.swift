internal import MetaxyRuntime

extension SQLValue {
  /// Parses a server's text of a value that is not NULL, by the type's oid; the oids of built-in types never change. A
  /// type without a case here stays a text, so a `numeric` keeps its exact digits.
  init(text: String, type: UInt32) {
    switch type {
    case 16: self = .integer(text == "t" ? 1 : 0)  // boolean
    case 17: self = Self.bytes(hexadecimal: text).map(SQLValue.blob) ?? .text(text)  // bytea
    case 20, 21, 23, 26: self = Int64(text).map(SQLValue.integer) ?? .text(text)  // bigint, smallint, integer, oid
    case 700, 701: self = Double(text).map(SQLValue.real) ?? .text(text)  // real, double precision
    default: self = .text(text)
    }
  }

  /// The oid of `bytea`.
  static let bytea: UInt32 = 17

  /// Parses `\x53514c`. https://www.postgresql.org/docs/current/datatype-binary.html
  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = Array(text.utf8.dropFirst(2))
    guard text.hasPrefix("\\x"), digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Character(UnicodeScalar(digits[index])).hexDigitValue,
        let low = Character(UnicodeScalar(digits[index + 1])).hexDigitValue
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
