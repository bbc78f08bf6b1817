/// The numbers of digits of a decimal number.
package struct DecimalDigits {
  /// The digits before the point, without leading zeros.
  package let whole: Int
  /// The digits after the point, without trailing zeros.
  package let fraction: Int
  /// The digits from the first to the last that is not zero.
  package let significant: Int

  /// Parses `-12.50` and `1.5e-07`; nil for other texts.
  package init?(_ text: String) {
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let exponent = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
    let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = mantissa.joined()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    let leading = digits.prefix { $0 == "0" }.count
    guard leading < digits.count else {
      (whole, fraction, significant) = (0, 0, 0)
      return
    }
    let trailing = digits.reversed().prefix { $0 == "0" }.count
    let point = mantissa[0].count + exponent
    whole = max(0, point - leading)
    fraction = max(0, digits.count - trailing - point)
    significant = digits.count - leading - trailing
  }
}
