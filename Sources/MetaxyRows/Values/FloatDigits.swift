/// The digits of numbers in columns of 32 bits.
enum FloatDigits {
  /// The greatest number of digits that the shortest text of a number of 32 bits has.
  static let limit = 9

  /// Returns the number of digits from the first that is not zero, without those of an exponent.
  static func count(of text: String) -> Int {
    text.prefix { $0 != "e" && $0 != "E" }.filter { ("0"..."9").contains($0) }.drop { $0 == "0" }.count
  }

  /// Appends zeros after the point, until there are more digits than a number of 32 bits has.
  static func padded(_ text: String) -> String {
    let mantissa = text.prefix { $0 != "e" }
    let zeros = String(repeating: "0", count: max(0, limit + 1 - count(of: text)))
    return mantissa + (mantissa.contains(".") || zeros.isEmpty ? "" : ".") + zeros + text.dropFirst(mantissa.count)
  }
}
