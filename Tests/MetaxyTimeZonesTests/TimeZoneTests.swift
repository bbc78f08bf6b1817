import Foundation
import Testing

@testable import MetaxyTimeZones

/// Offsets as Python's `zoneinfo` has them.
@Suite struct TimeZoneTests {
  /// The first seconds of a change and the last ones before it.
  @Test(arguments: [
    // Europe/Berlin: 2026-03-29 01:00 UTC and 2026-10-25 01:00 UTC.
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_745_999, 3600), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_746_000, 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_889_999, 7200), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_890_000, 3600),
    // America/St_Johns in November and July 2026.
    ("NST3:30NDT,M3.2.0,M11.1.0", 1_795_342_051, -12_600), ("NST3:30NDT,M3.2.0,M11.1.0", 1_782_900_451, -9000),
    // Australia/Lord_Howe, where summer lasts over the turn of the year, and is half an hour ahead.
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_795_342_051, 39_600),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_782_900_451, 37_800),
    // Asia/Tehran, where the clocks no longer change.
    ("<+0330>-3:30", 1_782_900_451, 12_600),
    // POSIX: the first day of March is J60 in every year, and 60 of those that begin with 0 in a leap year.
    ("AAA0BBB,J60/0,J61/0", 1_709_251_200, 3600), ("AAA0BBB,60/0,61/0", 1_709_251_200, 3600),
    ("AAA0BBB,60/0,61/0", 1_709_164_800, 0),
  ])
  func aRuleChangesTheClocks(rule: String, time: Int, offset: Int) throws {
    let rule = try #require(TimeZoneRule(rule))
    #expect(rule.offset(at: time) == offset)
  }

  @Test(arguments: ["", "C", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0 "])
  func otherTextsAreNoRules(text: String) {
    #expect(TimeZoneRule(text) == nil)
  }

  @Test func aFileHoldsTheChangesUpToItsRule() throws {
    let data = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin"))
    let zone = try #require(TimeZoneFile([UInt8](data)))
    // Local mean time, war time (two hours ahead in the summer of 1945), and a year that only the rule reaches.
    #expect(zone.offset(at: -3_000_000_000) == 3208)
    #expect(zone.offset(at: -776_563_200) == 10_800)
    #expect(zone.offset(at: 646_826_851) == 7200)
    #expect(zone.offset(at: 4_118_119_651) == 7200)
    #expect(zone.offset(at: 4_102_481_251) == 3600)
  }

  @Test func whatIsCutOffIsNoFile() {
    #expect(TimeZoneFile([]) == nil)
    #expect(TimeZoneFile(Array("TZif2".utf8)) == nil)
    #expect(TimeZoneFile(Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)) == nil)
  }
}
