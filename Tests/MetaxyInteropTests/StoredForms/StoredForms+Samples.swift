import Foundation

/// The rows that `sqlmodel_rows.py` has in Python's types.
extension StoredForms {
  static let samples = [full, extremes, least, nothing]

  private static let full: StoredForms = {
    var row = StoredForms(formId: id(1))
    (row.name, row.short) = ("a\t\"b\"\\ \n\u{1F600}é '", "fünf!")
    row.link = URL(string: "https://example.com/a?b=c%20d")
    (row.big, row.medium, row.small) = (9_007_199_254_740_993, -70_000, 300)
    (row.wide, row.narrow, row.truth) = (0.1, 0.1, true)
    // 2026-11-22 10:07:31.123456 UTC and 2026-11-22
    row.moment = Date(timeIntervalSince1970: 1_795_342_051.123456)
    row.day = Date(timeIntervalSince1970: 1_795_305_600)
    row.amount = Decimal(string: "-123456.789")
    row.batch = UUID(uuidString: "0F8FAD5B-D9CB-469F-A165-70867728950E")
    row.content = Data([0, 255, 92, 10])
    row.length = .seconds(90_061) + .microseconds(5)
    row.container = .mp4
    row.words = [Word(text: "é/\"\u{1F600}", start: 1.5), Word(text: "", start: -2)]
    row.counts = ["b": 2, "a": 1, "ü": 0]
    return row
  }()

  /// The greatest of everything that both languages and both engines have.
  private static let extremes: StoredForms = {
    var row = StoredForms(formId: id(2))
    row.short = "\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}"
    (row.big, row.medium, row.small) = (.max, .max, .max)
    (row.wide, row.narrow, row.truth) = (.greatestFiniteMagnitude, 16_777_216, false)
    // 9999-12-31 23:59:59 UTC and 9999-12-31
    row.moment = Date(timeIntervalSince1970: 253_402_300_799)
    row.day = Date(timeIntervalSince1970: 253_402_214_400)
    row.amount = Decimal(string: "999999999.999")
    row.content = Data((0...255).map { UInt8($0) })
    row.length = .seconds(86_400 * 1000)
    row.container = .webm
    return row
  }()

  /// The least of everything, and what is empty.
  private static let least: StoredForms = {
    var row = StoredForms(formId: id(3))
    (row.name, row.short) = ("", "")
    (row.big, row.medium, row.small) = (.min, .min, .min)
    (row.wide, row.narrow) = (-.leastNonzeroMagnitude, -0.5)
    // 0001-01-01 00:00:00 UTC
    row.moment = Date(timeIntervalSince1970: -62_135_596_800)
    row.day = row.moment
    row.amount = 0
    row.content = Data()
    // A day and a half, and back.
    row.length = .zero - .milliseconds(129_600_001)
    (row.words, row.counts) = ([], [:])
    return row
  }()

  private static let nothing = StoredForms(formId: id(4))

  private init(formId: UUID) {
    self.init(
      formId: formId, name: nil, short: nil, link: nil, big: nil, medium: nil, small: nil, wide: nil, narrow: nil,
      truth: nil, moment: nil, day: nil, amount: nil, batch: nil, content: nil, length: nil, container: nil, words: nil,
      counts: nil)
  }

  private static func id(_ number: UInt8) -> UUID {
    UUID(uuid: (0xAB, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number))
  }
}
