/// A point in time in UTC, in microseconds since 1970, as databases write it: `2026-11-22 10:07:31.123456`.
///
/// The years are 1 to 9999: those of Python's `datetime`, and those that texts sort by.
struct TimestampText: Hashable {
  let microseconds: Int64

  /// Nil before the year 1 and after 9999.
  init?(microseconds: Int64) {
    guard Self.range.contains(microseconds) else { return nil }
    self.microseconds = microseconds
  }

  private static let range = days(1, 1, 1) * day...days(9999, 12, 31) * day + day - 1
  static let second: Int64 = 1_000_000
  static let day: Int64 = 86_400 * second

  var text: String {
    let day = microseconds.dividedDown(by: Self.day)
    let (hours, minutes, seconds, fraction) = clock
    return String(unsafeUninitializedCapacity: 26) { bytes in
      var writer = DigitWriter(bytes: bytes)
      writer.writeDate(day)
      writer.write(hours, 2, after: " ")
      writer.write(minutes, 2, after: ":")
      writer.write(seconds, 2, after: ":")
      writer.write(fraction, 6, after: ".")
      return writer.count
    }
  }

  /// The day alone: `2026-11-22`.
  var dayText: String {
    String(unsafeUninitializedCapacity: 10) { bytes in
      var writer = DigitWriter(bytes: bytes)
      writer.writeDate(microseconds.dividedDown(by: Self.day))
      return writer.count
    }
  }

  var isMidnight: Bool { microseconds - microseconds.dividedDown(by: Self.day) * Self.day == 0 }

  private var clock: (hours: Int64, minutes: Int64, seconds: Int64, fraction: Int64) {
    let rest = microseconds - microseconds.dividedDown(by: Self.day) * Self.day
    let seconds = rest / Self.second
    return (seconds / 3600, seconds / 60 % 60, seconds % 60, rest % Self.second)
  }

  /// The days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = year.dividedDown(by: 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date that is so many days after 1970-01-01.
  ///
  /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>
  static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let days = days + 719_468
    let era = days.dividedDown(by: 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}

/// Writes numbers with leading zeros into memory that is there for them.
private struct DigitWriter {
  let bytes: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  mutating func writeDate(_ days: Int64) {
    let (year, month, day) = TimestampText.date(days)
    write(year, 4)
    write(month, 2, after: "-")
    write(day, 2, after: "-")
  }

  mutating func write(_ number: Int64, _ width: Int, after separator: Unicode.Scalar? = nil) {
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

extension Int64 {
  /// Divided and rounded down: -1 by 10 is -1.
  func dividedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
