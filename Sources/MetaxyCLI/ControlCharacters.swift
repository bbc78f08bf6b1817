/// Characters that make a terminal do something instead of showing them.
enum ControlCharacters {
  /// Returns `text` with control characters as `\u{1B}`; line breaks and tabs stay.
  static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.map { scalar in
      isControl(scalar) ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }.joined()
  }

  /// The C0 and C1 controls, and those that change the direction of text.
  /// https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
