/// A decimal number as its digits, without an exponent: `-12.50`.
package struct DecimalText: Sendable, Hashable {
  private var isNegative: Bool
  /// The digits before the point, without leading zeros; at least one.
  private var whole: String
  /// The digits after the point; may be empty.
  private var fraction: String

  /// Parses `-12.50` and `1.5e-07`; nil for other texts, and for exponents beyond any number of an engine.
  package init?(_ text: String) {
    let text = text.lowercased()
    guard DecimalDigits(text) != nil else { return nil }
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, exponent.magnitude < 200_000 else { return nil }
    isNegative = parts[0].hasPrefix("-")
    let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var before = String(mantissa[0])
    var after = mantissa.count == 2 ? String(mantissa[1]) : ""
    if exponent > 0 {
      after += String(repeating: "0", count: max(0, exponent - after.count))
      before += after.prefix(exponent)
      after = String(after.dropFirst(exponent))
    } else if exponent < 0 {
      before = String(repeating: "0", count: max(0, -exponent - before.count)) + before
      after = before.suffix(-exponent) + after
      before = String(before.dropLast(-exponent))
    }
    let digits = before.drop { $0 == "0" }
    whole = digits.isEmpty ? "0" : String(digits)
    fraction = after
    if (whole + fraction).allSatisfy({ $0 == "0" }) { isNegative = false }
  }

  /// Appends zeros up to a number of digits after the point.
  package mutating func pad(to scale: Int) {
    fraction += String(repeating: "0", count: max(0, scale - fraction.count))
  }

  /// The number without zeros at its end, to compare numbers.
  package var shortest: DecimalText {
    var number = self
    while number.fraction.last == "0" { number.fraction.removeLast() }
    return number
  }

  /// Whether the number has no digits after the point.
  package var isWhole: Bool { shortest.fraction.isEmpty }

  package var text: String { (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction) }
}
