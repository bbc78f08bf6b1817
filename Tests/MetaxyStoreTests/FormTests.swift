import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// The forms in which values stand in the database: SQLAlchemy's.
@Suite(.timed, .oneAfterAnother) struct FormTests {
  private static let sample = Everything(
    id: UUID(uuidString: "0F8FAD5B-D9CB-469F-A165-70867728950E") ?? UUID(), text: "a\t\"b\"\\ \n\u{1F600}é",
    short: "fünf!",
    big: .min, medium: -7, small: 300, double: 0.1, real: 0.1, truth: true,
    // 2026-11-22 10:07:31.123456 UTC
    date: Date(timeIntervalSince1970: 1_795_342_051.123456), amount: Decimal(string: "-123456.789") ?? 0,
    bytes: [0, 255, 92, 10], data: Data([1, 2]),
    link: URL(string: "https://example.com/a?b=c%20d") ?? URL(filePath: "/"),
    length: .seconds(90_061) + .microseconds(5), container: .webm, label: Label("etiquette"),
    words: [Word(text: "é/\"", start: 1.5), Word(text: "b", start: 2, spokenAt: Date(timeIntervalSince1970: 0.25))],
    tags: ["b": 2, "a": 1], vector: [1, 2.5],
    day: Date(timeIntervalSince1970: 1_795_305_600), note: nil, maybe: nil, twice: 0)

  @Test(arguments: Engine.allCases)
  func everyTypeMakesTheRoundTrip(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    var full = Self.sample
    full.id = UUID()
    (full.note, full.maybe, full.big) = (Word(text: "n", start: 0), 5, 4)
    full.length = .zero - .milliseconds(1500)
    try await store.write(
      [Self.sample, full].map { row in
        var row = row
        if row.big == .min { row.big = -4 }  // its double must fit
        return row
      }
    ) { _ in ["default": "x"] }
    let read = try await store.read(Everything.self).all().map(\.value)
    var expected = [Self.sample, full]
    (expected[0].big, expected[0].twice, expected[1].twice) = (-4, -8, 8)
    #expect(read.count == 2)
    for row in expected { #expect(read.contains(row)) }
  }

  @Test func formsOnSQLiteAreThoseOfSQLAlchemy() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    var row = Self.sample
    row.big = 4
    try await store.write([row]) { _ in ["default": "x"] }
    #expect(
      try database.rows(
        """
        SELECT id, typeof(truth), truth, date, typeof(amount), amount, hex(bytes), link, length, container, label, words,
          tags, vector, day, twice FROM everything
        """) == [
          "0f8fad5bd9cb469fa16570867728950e|integer|1|2026-11-22 10:07:31.123456|real|-123456.789|00FF5C0A"
            + "|https://example.com/a?b=c%20d|1970-01-02 01:01:01.000005|webm|etiquette"
            + #"|[{"start":1.5,"text":"é/\""},{"spokenAt":"1970-01-01T00:00:00.250000Z","start":2,"text":"b"}]"#
            + #"|{"a":1,"b":2}|[1,2.5]|2026-11-22|8"#
        ])
  }

  @Test func formsOnPostgreSQLAreItsOwn() async throws {
    let database = try TestDatabase(.postgresql)
    let store = try await database.store()
    var row = Self.sample
    row.big = 4
    try await store.write([row]) { _ in ["default": "x"] }
    #expect(
      try database.rows(
        """
        SELECT id, truth, date AT TIME ZONE 'UTC', amount, encode(bytes, 'hex'), extract(epoch FROM length), tags, day,
          "real" = 0.1::real FROM everything
        """) == [
          "0f8fad5b-d9cb-469f-a165-70867728950e|t|2026-11-22 10:07:31.123456|-123456.789|00ff5c0a|90061.000005"
            + #"|{"a": 1, "b": 2}|2026-11-22|t"#
        ])
  }

  @Test(arguments: Engine.allCases)
  func datesKeepTheirMicroseconds(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    // The first and the last second of Python's calendar, a moment before 1970, a leap day, and halves that are not exact.
    let texts = [
      "0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.000000", "1969-12-31 23:59:59.999999",
      "2000-02-29 12:00:00.000001", "1900-03-01 00:00:00.000000",
    ]
    for (number, text) in texts.enumerated() {
      var row = Self.sample
      (row.id, row.big, row.medium) = (UUID(), 1, Int32(number))
      try await store.write([row]) { _ in ["default": "x"] }
      let cast = engine == .sqlite ? "'\(text)'" : "TIMESTAMPTZ '\(text)+00'"
      try database.run("UPDATE everything SET date = \(cast) WHERE medium = \(number)")
    }
    let rows = try await store.read(Everything.self).version(.allVersions).all().map { row in
      var row = row.value
      row.medium += 100
      row.id = UUID()
      return row
    }
    try await store.write(rows) { _ in ["default": "x"] }
    let displayText = engine == .sqlite ? "date" : "to_char(date AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    #expect(try database.rows("SELECT \(displayText) FROM everything WHERE medium >= 100 ORDER BY medium") == texts)
  }

  private func refusal(_ engine: Engine, _ change: (inout Everything) -> Void) async throws -> MetaxyError? {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    var row = Self.sample
    row.big = 1
    change(&row)
    let rows = [row]
    let error = await failure { try await store.write(rows) { _ in ["default": "x"] } }
    #expect(try database.rows("SELECT count(*) FROM everything") == ["0"])
    return error
  }

  @Test(arguments: Engine.allCases)
  func whatDoesNotFitIsRefused(engine: Engine) async throws {
    let start = "row 1 of `everything`, `id` `"
    for (change, column, reason) in [
      ({ $0.text = "a\0b" }, "text", "the text holds the character NUL"),
      ({ $0.short = "zuviel" }, "short", "the text has 6 characters, and there is room for 5"),
      (
        { $0.date = .distantFuture.addingTimeInterval(1e12) }, "date",
        "the date is out of range: the years are 1 to 9999"
      ),
      (
        { $0.date = Date(timeIntervalSince1970: .infinity) }, "date",
        "the date is out of range: the years are 1 to 9999"
      ),
      (
        { $0.amount = Decimal(string: "1234567890.5") ?? 0 }, "amount",
        "1234567890.5 does not fit into 12 digits, 3 of them after the point"
      ),
      (
        { $0.amount = Decimal(string: "0.0001") ?? 0 }, "amount",
        "0.0001 does not fit into 12 digits, 3 of them after the point"
      ),
      (
        { $0.words = [Word(text: "a", start: .infinity)] }, "words",
        "the value cannot be written as JSON: Unable to encode Double.inf directly in JSON at `[0].start`"
      ),
      ({ $0.label = Label("\0") }, "label", "the text holds the character NUL"),
    ] as [((inout Everything) -> Void, String, String)] {
      let error = try await refusal(engine, change)
      #expect(error?.code == .rowRefused)
      #expect(error?.message.hasPrefix(start) == true)
      let end = "column `\(column)`: \(reason)"
      #expect(error?.message.contains(end) == true, "\(error?.message ?? "") is not \(end)")
    }
  }

  @Test func numbersThatOverflowAreRefused() async throws {
    let database = try TestDatabase(.sqlite)
    let columns = [
      RegisteredColumn("sample_id", codingKey: "sampleId", type: .string),
      RegisteredColumn("face", codingKey: "face", type: .smallint),
      RegisteredColumn("score", codingKey: "score", type: .real),
    ]
    let registry = FeatureRegistry(
      project: "pipeline", snapshotVersion: "snapshot-1", hashTruncationLength: nil,
      features: [
        RegisteredFeature(
          "faces", type: Face.self, project: "pipeline", table: "faces", idColumns: ["sample_id"], columns: columns,
          fields: [RegisteredField("default", codeVersion: "1")], featureVersion: "1", specVersion: "1")
      ])
    try database.run(
      """
      DROP TABLE faces;
      CREATE TABLE faces (
        data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR, snapshot_version VARCHAR,
        sample_id VARCHAR NOT NULL, face SMALLINT NOT NULL, score REAL NOT NULL)
      """)
    let store = try await database.store(registry)
    let error = await failure {
      try await store.write([Face(sampleId: "a", face: 40_000, score: 1)]) { _ in ["default": "x"] }
    }
    #expect(
      error?.message
        == "row 1 of `faces`, `sample_id` `a`, column `face`: 40000 needs more than the 16 bits of the column")
    let notANumber = await failure {
      try await store.write([Face(sampleId: "a", face: 4, score: .nan)]) { _ in ["default": "x"] }
    }
    #expect(notANumber?.message.hasSuffix("column `score`: SQLite cannot store NaN") == true)
  }

  @Test func aDecimalThatSQLiteCannotKeepIsRefused() async throws {
    let database = try TestDatabase(.sqlite)
    try database.run(
      """
      DROP TABLE everything;
      CREATE TABLE everything (
        data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR, snapshot_version VARCHAR,
        id VARCHAR NOT NULL, amount NUMERIC NOT NULL)
      """)
    let store = try await database.store(Priced.registry)
    let long = Priced(id: "a", amount: Decimal(string: "12345678901234567.89") ?? 0)
    let error = await failure { try await store.write([long]) { _ in ["default": "x"] } }
    #expect(
      error?.message
        == "row 1 of `everything`, `id` `a`, column `amount`: 12345678901234567.89 has more digits than a number of SQLite"
        + " keeps")
    let rows = ["0.1", "-99999.99", "123456789012345", "0"].enumerated().map { number, text in
      Priced(id: "\(number)", amount: Decimal(string: text) ?? -1)
    }
    try await store.write(rows) { _ in ["default": "x"] }
    #expect(Set(try await store.read(Priced.self).all().map(\.value)) == Set(rows))
  }

  @Test(arguments: Engine.allCases)
  func whatCannotBeReadIsNamedWithItsRow(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    var row = Self.sample
    row.big = 1
    try await store.write([row]) { _ in ["default": "x"] }
    let id = engine == .sqlite ? "0f8fad5bd9cb469fa16570867728950e" : "0f8fad5b-d9cb-469f-a165-70867728950e"
    for (change, column, reason) in [
      (#"words = '{"a": 1}'"#, "words", "the JSON is no value of Array<Word>: "),
      ("container = 'avi'", "container", "`avi` is no value of Container: "),
      (
        "words = '[]', container = 'mp4', label = 'x', vector = '[1'", "vector",
        "the JSON is no value of Array<Float>: "
      ),
    ] {
      try database.run("UPDATE everything SET \(change)")
      let error = await failure { try await store.read(Everything.self).all() }
      #expect(error?.code == .unreadableRow)
      let start = "a row of `everything`, `id` `\(id)`, column `\(column)`: \(reason)"
      #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "") is not \(start)")
      try database.run("UPDATE everything SET words = '[]', container = 'mp4'")
    }
  }

  @Test func whatSQLiteHoldsInsteadIsTold() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    var row = Self.sample
    row.big = 1
    try await store.write([row]) { _ in ["default": "x"] }
    for (change, end) in [
      ("small = 40000", "column `small`: 40000 is out of the range of Int16"),
      ("date = 'yesterday'", "column `date`: `yesterday` is not a time in the years 1 to 9999"),
      ("truth = 2", "column `truth`: `2` is not a Boolean"),
      ("amount = 'much'", "column `amount`: `much` is not a decimal number of at most 38 digits"),
      ("data_version = '[]'", "column `data_version`: `[]` is no JSON object of texts"),
    ] {
      try database.run("DELETE FROM everything")
      try await store.write([row]) { _ in ["default": "x"] }
      try database.run("UPDATE everything SET \(change)")
      let error = await failure { try await store.read(Everything.self).all() }
      #expect(error?.message.hasSuffix(end) == true, "\(error?.message ?? "")")
    }
  }
}

/// A decimal without a precision.
@Feature("priced", idColumns: ["id"])
struct Priced: Hashable {
  var id: String
  var amount: Decimal

  static let registry = FeatureRegistry(
    project: "pipeline", snapshotVersion: "snapshot-1", hashTruncationLength: nil,
    features: [
      RegisteredFeature(
        "everything", type: Priced.self, project: "pipeline", table: "everything", idColumns: ["id"],
        columns: [
          RegisteredColumn("id", codingKey: "id", type: .string),
          RegisteredColumn("amount", codingKey: "amount", type: .numeric),
        ], fields: [RegisteredField("default", codeVersion: "1")], featureVersion: "1", specVersion: "1")
    ])
}
