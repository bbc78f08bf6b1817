internal import MetaxyJSON

/// Numbers in Python's format: the result of `json.dumps(json.loads(text))`.
enum PythonNumber {
  /// Returns the number `text` in Python's format.
  ///
  /// Integers have no limit and keep their digits. Other numbers are doubles, written with the shortest digits that
  /// identify them.
  static func text(of text: String) -> String {
    guard !JSONNode.nonFinite.contains(text) else { return text }
    guard text.utf8.contains(where: isFractional) else { return text == "-0" ? "0" : text }
    // The scanner and Swift accept only numbers here. Python reads a number beyond the largest double as infinite.
    guard let value = Double(text) else { return text }
    return self.text(of: value)
  }

  /// Returns a double in the format of Python's `repr`: fixed notation for 1e-4 ≤ |x| < 1e16, otherwise an exponent of
  /// at least two digits.
  ///
  /// https://docs.python.org/3/library/sys.html#sys.float_repr_style
  static func text(of value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    let sign = value.sign == .minus ? "-" : ""
    guard value != 0 else { return sign + "0.0" }
    let (digits, point) = decimal(of: value.magnitude)
    return sign + ((-3...16).contains(point) ? fixed(digits, point) : exponential(digits, point))
  }

  private static func isFractional(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
  }

  /// Returns the shortest digits of a value and the number of digits before the point: 0.012 is `12` and -1.
  private static func decimal(of value: Double) -> (digits: String, point: Int) {
    // Swift's description has the same digits but other rules for the exponent.
    let parts = "\(value)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let all = mantissa.joined()
    let digits = all.drop { $0 == "0" }
    let point = mantissa[0].count + exponent - (all.count - digits.count)
    let significant = digits.reversed().drop { $0 == "0" }.reversed()
    return (String(significant), point)
  }

  private static func fixed(_ digits: String, _ point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) + ".0" }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  private static func exponential(_ digits: String, _ point: Int) -> String {
    let exponent = point - 1
    let written = String(exponent.magnitude)
    return digits.prefix(1) + (digits.count > 1 ? "." + digits.dropFirst() : "")
      + (exponent < 0 ? "e-" : "e+") + (written.count < 2 ? "0" : "") + written
  }
}
