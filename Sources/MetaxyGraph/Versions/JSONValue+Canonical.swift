package import MetaxyFeatures
internal import MetaxyHashing

extension JSONValue {
  /// The value as Python's `json.dumps(value, sort_keys=True)` writes it, in ASCII: the input of the hashes.
  ///
  /// Members are sorted by code point, without normalisation; the separators are `, ` and `: `; every character outside
  /// U+0020…U+007E is escaped. https://docs.python.org/3/library/json.html#json.dumps
  package var canonicalText: [UInt8] {
    var text: [UInt8] = []
    append(to: &text, sortsMembers: true)
    return text
  }

  /// The value as Python's `json.dumps(value)` writes it, in ASCII, with its members in their order: the form that
  /// Metaxy stores.
  package var storedText: String {
    var text: [UInt8] = []
    append(to: &text, sortsMembers: false)
    return String(decoding: text, as: UTF8.self)
  }

  private func append(to text: inout [UInt8], sortsMembers: Bool) {
    switch self {
    case .null: text += "null".utf8
    case .boolean(let value): text += (value ? "true" : "false").utf8
    case .number(let digits): text += PythonNumber.text(of: digits).utf8
    case .string(let string): Self.append(string, to: &text)
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (position, element) in elements.enumerated() {
        if position > 0 { text += ", ".utf8 }
        element.append(to: &text, sortsMembers: sortsMembers)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      let ordered = sortsMembers ? members.sorted { ScalarString($0.name) < ScalarString($1.name) } : members
      for (position, member) in ordered.enumerated() {
        if position > 0 { text += ", ".utf8 }
        Self.append(member.name, to: &text)
        text += ": ".utf8
        member.value.append(to: &text, sortsMembers: sortsMembers)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for unit in string.utf16 {
      switch unit {
      case 0x22: text += "\\\"".utf8
      case 0x5C: text += "\\\\".utf8
      case 0x0A: text += "\\n".utf8
      case 0x0D: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0x0C: text += "\\f".utf8
      case 0x08: text += "\\b".utf8
      case 0x20...0x7E: text.append(UInt8(unit))
      default:
        text += "\\u".utf8
        for shift in [12, 8, 4, 0] { text.append(Hexadecimal.digit(UInt8(unit >> shift & 0xF))) }
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
