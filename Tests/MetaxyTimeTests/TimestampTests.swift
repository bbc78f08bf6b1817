import MetaxyTime
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01 00:00:00.000000"), (-1, "1969-12-31 23:59:59.999999"),
    (1_795_342_051_123_456, "2026-11-22 10:07:31.123456"), (951_782_400_000_000, "2000-02-29 00:00:00.000000"),
    (-62_135_596_800_000_000, "0001-01-01 00:00:00.000000"), (253_402_300_799_999_999, "9999-12-31 23:59:59.999999"),
  ])
  func aTimeIsItsMicrosecondsSince1970(microseconds: Int64, text: String) throws {
    #expect(Timestamp(microseconds: microseconds)?.text == text)
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test func yearsAre1To9999() {
    #expect(Timestamp(microseconds: -62_135_596_800_000_001) == nil)
    #expect(Timestamp(microseconds: 253_402_300_800_000_000) == nil)
    #expect(Timestamp("9999-12-31 23:59:59-01") == nil)
  }

  @Test(arguments: [
    ("2026-11-22", "2026-11-22 00:00:00.000000"), ("2026-11-22T10:07:31Z", "2026-11-22 10:07:31.000000"),
    ("2026-11-22 10:07:31.12+00", "2026-11-22 10:07:31.120000"),
    ("2026-11-22 01:07:31+02:30", "2026-11-21 22:37:31.000000"),
  ])
  func offsetsAndFractionsAreRead(text: String, utc: String) {
    #expect(Timestamp(text)?.text == utc)
  }

  @Test(arguments: [
    "", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "0000-01-01", "2026-11-22 24:00:00",
    "2026-11-22 10:07", "2026-11-22 10:07:60", "2026-11-22 10:07:31.", "2026-11-22 10:07:31.1234567",
    "2026-11-22 10:07:31 UTC", "2026-11-22 10:07:31+1",
  ])
  func otherTextsAreNoTimes(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func theLastDayOfFebruaryFollowsTheGregorianRule() {
    for (year, isLeap) in [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false)] {
      #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
    }
  }

  @Test func thePresentIsAfterThisWasWritten() {
    #expect(Timestamp().microseconds > 1_763_000_000_000_000)
  }
}
