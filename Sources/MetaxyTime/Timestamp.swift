internal import MetaxyPlatform

/// A point in time in UTC, in microseconds since 1970, as databases write it: `2026-11-22 10:07:31.123456`.
///
/// The years are 1 to 9999: those of Python's `datetime`, and those that texts sort by.
package struct Timestamp: Sendable, Hashable {
  package let microseconds: Int64

  /// Nil before the year 1 and after 9999.
  package init?(microseconds: Int64) {
    guard Self.range.contains(microseconds) else { return nil }
    self.microseconds = microseconds
  }

  /// The present, by the system's clock.
  package init() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let now = Int64(time.tv_sec) * Self.second + Int64(time.tv_nsec) / 1000
    microseconds = min(max(now, Self.range.lowerBound), Self.range.upperBound)
  }

  private static let range = start(ofYear: 1)...start(ofYear: 10_000) - 1
  package static let second: Int64 = 1_000_000
  package static let day: Int64 = 86_400 * second

  private static func start(ofYear year: Int) -> Int64 {
    CivilDate(year: year, month: 1, day: 1).map { Int64($0.daysSince1970) * day } ?? 0
  }

  /// The whole days since 1970-01-01.
  private var days: Int64 { microseconds.dividedDown(by: Self.day) }

  package var date: CivilDate { CivilDate(daysSince1970: Int(days)) }

  /// The time of day, its fraction in microseconds.
  package var clock: (hours: Int, minutes: Int, seconds: Int, fraction: Int) {
    let rest = Int(microseconds - days * Self.day)
    let seconds = rest / Int(Self.second)
    return (seconds / 3600, seconds / 60 % 60, seconds % 60, rest % Int(Self.second))
  }

  package var isMidnight: Bool { microseconds - days * Self.day == 0 }

  package var text: String { text(" ") }

  /// The time with its zone: `2026-11-22T10:07:31.123456Z`.
  package var zonedText: String { text("T") + "Z" }

  private func text(_ separator: Unicode.Scalar) -> String {
    let (hours, minutes, seconds, fraction) = clock
    return String(unsafeUninitializedCapacity: 26) { bytes in
      var writer = DigitWriter(bytes: bytes)
      writer.write(date)
      writer.write(hours, 2, after: separator)
      writer.write(minutes, 2, after: ":")
      writer.write(seconds, 2, after: ":")
      writer.write(fraction, 6, after: ".")
      return writer.count
    }
  }

  /// The day alone: `2026-11-22`.
  package var dayText: String {
    String(unsafeUninitializedCapacity: 10) { bytes in
      var writer = DigitWriter(bytes: bytes)
      writer.write(date)
      return writer.count
    }
  }
}

/// Writes numbers with leading zeros into a buffer.
private struct DigitWriter {
  let bytes: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  mutating func write(_ date: CivilDate) {
    write(date.year, 4)
    write(date.month, 2, after: "-")
    write(date.day, 2, after: "-")
  }

  mutating func write(_ number: Int, _ width: Int, after separator: Unicode.Scalar? = nil) {
    if let separator {
      bytes[count] = UInt8(ascii: separator)
      count += 1
    }
    var rest = number
    for position in stride(from: count + width - 1, through: count, by: -1) {
      bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += width
  }
}
