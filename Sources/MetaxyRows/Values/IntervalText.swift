internal import MetaxyTime

/// A length of time in microseconds, as PostgreSQL writes and reads it.
package struct IntervalText: Hashable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Rounds to microseconds; nil if they do not fit into 64 bits.
  package init?(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (fraction, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000)
    let rounding: Int64 = rest >= 500_000_000_000 ? 1 : rest <= -500_000_000_000 ? -1 : 0
    let (sum, sumOverflow) = whole.addingReportingOverflow(fraction + rounding)
    guard !overflow, !sumOverflow else { return nil }
    microseconds = sum
  }

  /// The text `-90061.000001 seconds`, which PostgreSQL stores exactly.
  package var text: String {
    let (seconds, fraction) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let digits = String(fraction)
    return "\(microseconds < 0 ? "-" : "")\(seconds)." + String(repeating: "0", count: 6 - digits.count) + digits
      + " seconds"
  }

  /// Reads what PostgreSQL writes in the style `postgres`: `1 day 02:03:04.5`, `-1 days +02:03:00`.
  ///
  /// Nil for a text with months, which have no length.
  ///
  /// <https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-OUTPUT>
  package init?(_ text: String) {
    var words = text.split(separator: " ")[...]
    var sum: Int64 = 0
    if words.count >= 2, words[words.startIndex + 1].hasPrefix("day") {
      guard let days = Int64(words[words.startIndex]) else { return nil }
      let (product, overflow) = days.multipliedReportingOverflow(by: Timestamp.day)
      guard !overflow else { return nil }
      sum = product
      words = words.dropFirst(2)
    }
    if let clock = words.popFirst() {
      guard let time = Self.clock(clock) else { return nil }
      let (total, overflow) = sum.addingReportingOverflow(time)
      guard !overflow else { return nil }
      sum = total
    }
    guard words.isEmpty, !text.isEmpty else { return nil }
    microseconds = sum
  }

  /// Parses `-26:03:04.5`; the hours can exceed 24.
  private static func clock(_ text: Substring) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let parts = (isNegative || text.hasPrefix("+") ? text.dropFirst() : text).split(separator: ":")
    guard parts.count == 3, let hours = Int64(parts[0]), let minutes = Int64(parts[1]) else { return nil }
    let seconds = parts[2].split(separator: ".")
    guard let first = seconds.first.flatMap({ Int64($0) }), seconds.count <= 2 else { return nil }
    let digits = seconds.count == 2 ? seconds[1] : "0"
    guard digits.count <= 6, let fraction = Int64(digits + String(repeating: "0", count: 6 - digits.count)) else {
      return nil
    }
    let (product, overflow) = hours.multipliedReportingOverflow(by: 3600 * Timestamp.second)
    let (sum, sumOverflow) = product.addingReportingOverflow((minutes * 60 + first) * Timestamp.second + fraction)
    guard !overflow, !sumOverflow else { return nil }
    return isNegative ? -sum : sum
  }
}
