internal import MetaxyDatabase
internal import MetaxyHashing

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
    text.hasPrefix("\\x") ? Hexadecimal.bytes(text.utf8.dropFirst(2)) : nil
  }
}
