internal import MetaxyTime

/// The yearly clock changes of a place, in POSIX format: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_03>
struct TimeZoneRule: Sendable, Hashable {
  /// How many seconds the clocks are ahead of UTC, and in summer.
  private var standard: Int
  private var summer: Summer?

  private struct Summer: Hashable {
    var offset: Int
    var start: Change
    var end: Change
  }

  /// A day of a year, and the time of day by the clocks as they were, in seconds.
  private struct Change: Hashable {
    var day: Day
    var time: Int
  }

  private enum Day: Hashable {
    /// From 1 to 365; February 29 is never counted.
    case withoutLeapDay(Int)
    /// From 0 to 365.
    case ofYear(Int)
    /// The last weekday of a month where `week` is 5; Sunday is 0.
    case weekday(Int, week: Int, month: Int)
  }

  init?(_ text: String) {
    var reader = RuleReader(rest: text[...].utf8)
    guard reader.skipName(), let standard = reader.offset() else { return nil }
    self.standard = -standard
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    var offset = self.standard + 3600
    if !reader.isNext(",") {
      guard let written = reader.offset() else { return nil }
      offset = -written
    }
    guard let start = Self.change(&reader), let end = Self.change(&reader), reader.isAtEnd else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }

  /// Reads `,M3.5.0/2`.
  private static func change(_ reader: inout RuleReader) -> Change? {
    guard reader.skip(","), let day = day(&reader) else { return nil }
    guard reader.skip("/") else { return Change(day: day, time: 7200) }
    return reader.offset().map { Change(day: day, time: $0) }
  }

  private static func day(_ reader: inout RuleReader) -> Day? {
    if reader.skip("J") { return reader.number(in: 1...365).map(Day.withoutLeapDay) }
    guard reader.skip("M") else { return reader.number(in: 0...365).map(Day.ofYear) }
    guard let month = reader.number(in: 1...12), reader.skip("."), let week = reader.number(in: 1...5),
      reader.skip("."), let weekday = reader.number(in: 0...6)
    else { return nil }
    return .weekday(weekday, week: week, month: month)
  }

  /// How many seconds the clocks are ahead of UTC at a time, in seconds since 1970.
  func offset(at time: Int) -> Int {
    guard let summer else { return standard }
    let year = CivilDate(daysSince1970: (time + standard).dividedDown(by: 86_400)).year
    let start = Self.days(summer.start.day, of: year) * 86_400 + summer.start.time - standard
    let end = Self.days(summer.end.day, of: year) * 86_400 + summer.end.time - summer.offset
    // South of the equator summer ends in the year after that in which it began.
    let isSummer = start < end ? start <= time && time < end : start <= time || time < end
    return isSummer ? summer.offset : standard
  }

  /// The days from 1970-01-01 to a day of a year.
  private static func days(_ day: Day, of year: Int) -> Int {
    switch day {
    case .ofYear(let number): return first(of: 1, year) + number
    case .withoutLeapDay(let number):
      let isLeap = first(of: 3, year) - first(of: 1, year) == 60
      return first(of: 1, year) + number - (isLeap && number >= 60 ? 0 : 1)
    case .weekday(let weekday, let week, let month):
      let start = first(of: month, year)
      let next = month == 12 ? first(of: 1, year + 1) : first(of: month + 1, year)
      // 1970-01-01 was a Thursday.
      let ahead = (weekday - (start + 4)) % 7
      let day = start + (ahead + 7) % 7 + 7 * (week - 1)
      return day < next ? day : day - 7
    }
  }

  private static func first(of month: Int, _ year: Int) -> Int {
    CivilDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
  }
}

/// Reads the parts of a rule.
private struct RuleReader {
  var rest: Substring.UTF8View

  var isAtEnd: Bool { rest.isEmpty }

  func isNext(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard isNext(character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Skips `CET` or `<+0330>`.
  mutating func skipName() -> Bool {
    let quoted = skip("<")
    let name = rest.prefix { quoted ? $0 != UInt8(ascii: ">") : Self.isLetter($0) }
    rest = rest.dropFirst(name.count)
    return name.count >= 3 && (!quoted || skip(">"))
  }

  /// Reads `-3`, `3:30` or `3:30:00` as seconds.
  mutating func offset() -> Int? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hours = number(in: 0...167) else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where skip(":") {
      guard let number = number(in: 0...59) else { return nil }
      seconds += number * unit
    }
    return isNegative ? -seconds : seconds
  }

  mutating func number(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Int(Substring(digits)), range.contains(number) else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
