extension Timestamp {
  /// Parses `2026-11-22`, `2026-11-22 10:07:31`, with or without a fraction of up to six digits and an offset: `Z`,
  /// `+00`, `+01:30`. A `T` may separate date and time. Nil for other texts and for values out of range.
  package init?(_ text: String) {
    var reader = TimestampReader(text)
    guard let day = reader.date() else { return nil }
    guard !reader.isAtEnd else {
      self.init(microseconds: day * Self.day)
      return
    }
    guard reader.skip(" ") || reader.skip("T"), let clock = reader.clock(), let offset = reader.offset(), reader.isAtEnd
    else { return nil }
    self.init(microseconds: day * Self.day + clock - offset)
  }
}

/// Parses the parts of a date with a time.
private struct TimestampReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Exactly so many digits.
  mutating func number(_ width: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<width {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  private mutating func digit() -> Int64? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    rest.removeFirst()
    return Int64(byte - UInt8(ascii: "0"))
  }

  /// The days from 1970-01-01.
  mutating func date() -> Int64? {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), year > 0 else {
      return nil
    }
    return CivilDate(year: Int(year), month: Int(month), day: Int(day)).map { Int64($0.daysSince1970) }
  }

  /// The microseconds since midnight.
  mutating func clock() -> Int64? {
    guard let hours = number(2), skip(":"), let minutes = number(2), skip(":"), let seconds = number(2), hours < 24,
      minutes < 60, seconds < 60
    else { return nil }
    let whole = (hours * 3600 + minutes * 60 + seconds) * Timestamp.second
    guard skip(".") else { return whole }
    return fraction().map { whole + $0 }
  }

  /// One to six digits, as microseconds.
  private mutating func fraction() -> Int64? {
    var (number, count): (Int64, Int) = (0, 0)
    while let digit = digit() {
      number = number * 10 + digit
      count += 1
      if count > 6 { return nil }
    }
    guard count > 0 else { return nil }
    for _ in count..<6 { number *= 10 }
    return number
  }

  /// The offset from UTC in microseconds; 0 where none is written.
  mutating func offset() -> Int64? {
    guard !isAtEnd, !skip("Z") else { return 0 }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = number(2) else { return nil }
    var seconds = hours * 3600
    if skip(":") {
      guard let minutes = number(2) else { return nil }
      seconds += minutes * 60
    }
    return (isNegative ? -seconds : seconds) * Timestamp.second
  }
}
