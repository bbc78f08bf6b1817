/// Lengths of time as ISO 8601 writes them, in seconds: `PT90061.000001S`.
package enum ISODuration {
  package static func text(_ microseconds: Int64) -> String {
    let (seconds, rest) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var text = (microseconds < 0 ? "-" : "") + "PT\(seconds)"
    if rest > 0 {
      let digits = String(rest)
      text += "." + String(repeating: "0", count: 6 - digits.count) + digits
      while text.last == "0" { text.removeLast() }
    }
    return text + "S"
  }

  /// Parses what ``text(_:)`` writes; nil for other texts.
  package static func microseconds(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let body = isNegative ? text.dropFirst() : text[...]
    guard body.hasPrefix("PT"), body.hasSuffix("S") else { return nil }
    let parts = body.dropFirst(2).dropLast().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let seconds = Int64(first), seconds >= 0, first.first != "+" else { return nil }
    let digits = parts.count == 2 ? parts[1] : "0"
    guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let fraction = Int64(digits + String(repeating: "0", count: 6 - digits.utf8.count))
    else { return nil }
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, sumOverflow) = product.addingReportingOverflow(fraction)
    guard !overflow, !sumOverflow else { return nil }
    return isNegative ? -sum : sum
  }
}
