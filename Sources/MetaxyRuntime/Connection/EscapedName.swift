internal import MetaxyNames

/// A name that cannot be part of a line as it is, because it contains control characters or several spaces:
/// `U&"a\0009b"`, as standard SQL spells it.
enum EscapedName {
  static let start = "U&\""

  static func text(of name: String) -> String {
    var escaped = ""
    for scalar in name.unicodeScalars {
      let isPlain = (0x21...0x7E).contains(scalar.value) && scalar != "\\"
      escaped += isPlain ? String(scalar) : "\\+" + digits(of: scalar)
    }
    return "U&" + SQLText.identifier(escaped)
  }

  /// Six hexadecimal digits.
  private static func digits(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Reads an escaped name from the start of `text` and removes it there; nil if it is invalid.
  static func read(_ text: inout Substring.UnicodeScalarView) -> String? {
    text.removeFirst(2)
    guard let escaped = SQLText.readIdentifier(&text) else { return nil }
    var name = String.UnicodeScalarView()
    var rest = escaped.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        name.append(scalar)
        continue
      }
      let isLong = rest.first == "+"
      let digits = rest.dropFirst(isLong ? 1 : 0).prefix(isLong ? 6 : 4)
      guard digits.count == (isLong ? 6 : 4), let value = UInt32(String(digits), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { return nil }
      name.append(scalar)
      rest = rest[digits.endIndex...]
    }
    return String(name)
  }
}
