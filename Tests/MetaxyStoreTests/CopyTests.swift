import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows that are copied from one store to another, on each pair of engines.
@Suite(.timed, .oneAfterAnother) struct CopyTests {
  /// Rows with the extremes of each type; the numbers of the last one are what a double just keeps, or just does not.
  static let rows: [Everything] = {
    let one = Everything(
      id: UUID(uuidString: "0F8FAD5B-D9CB-469F-A165-70867728950E") ?? UUID(), text: "a\t\"b\"\\ \n\u{1F600}é\\N\r",
      short: "fünf!", big: 4, medium: -7, small: 300, double: 0.1, real: 0.1, truth: true,
      date: Date(timeIntervalSince1970: 1_795_342_051.123456), amount: Decimal(string: "-123456.789") ?? 0,
      bytes: [0, 255, 92, 10], data: Data([1, 2]),
      link: URL(string: "https://example.com/a?b=c%20d") ?? URL(filePath: "/"),
      length: .seconds(90_061) + .microseconds(5), container: .webm, label: Label("etiquette"),
      words: [Word(text: "é/\"", start: 1.5), Word(text: "b", start: 2, spokenAt: Date(timeIntervalSince1970: 0.25))],
      tags: ["b": 2, "a": 1], vector: [1, 2.5], day: Date(timeIntervalSince1970: 1_795_305_600), note: nil, maybe: nil,
      twice: 8)
    var two = one
    (two.id, two.text, two.short, two.truth) = (UUID(), "", "", false)
    (two.big, two.twice) = (-4_611_686_018_427_387_904, .min)
    (two.medium, two.small, two.double, two.real) = (.min, .min, -.infinity, .greatestFiniteMagnitude)
    (two.date, two.day) = (Date(timeIntervalSince1970: -62_135_596_800), Date(timeIntervalSince1970: -62_135_596_800))
    (two.amount, two.bytes, two.data) = (Decimal(string: "999999999.999") ?? 0, [], Data())
    (two.length, two.words, two.tags, two.vector) = (.zero - .milliseconds(1500), [], [:], [])
    (two.note, two.maybe) = (Word(text: "", start: -0.0), 9_007_199_254_740_993)
    var three = one
    (three.id, three.big, three.twice) = (UUID(), 4_503_599_627_370_497, 9_007_199_254_740_994)
    (three.medium, three.small, three.double, three.real) = (.max, .max, .leastNonzeroMagnitude, .leastNonzeroMagnitude)
    (three.date, three.amount) = (Date(timeIntervalSince1970: 253_402_300_799), 0)
    return [one, two, three]
  }()

  private static let dumps: [Engine: String] = [
    .sqlite: """
    SELECT id, typeof(truth), truth, date, typeof(amount), amount, hex(bytes), length, tags, day, twice, double = 0.1
    FROM everything ORDER BY big = 4 DESC LIMIT 1
    """,
    .postgresql: """
    SELECT id, truth, date AT TIME ZONE 'UTC', amount, encode(bytes, 'hex'), extract(epoch FROM length), tags, day,
      twice, "double" = 0.1, "real" = 0.1::real FROM everything ORDER BY big = 4 DESC LIMIT 1
    """,
  ]

  /// What SQLAlchemy stores for the first row.
  private static let first: [Engine: String] = [
    .sqlite: "0f8fad5bd9cb469fa16570867728950e|integer|1|2026-11-22 10:07:31.123456|real|-123456.789|00FF5C0A"
      + #"|1970-01-02 01:01:01.000005|{"a":1,"b":2}|2026-11-22|8|1"#,
    .postgresql: "0f8fad5b-d9cb-469f-a165-70867728950e|t|2026-11-22 10:07:31.123456|-123456.789|00ff5c0a|90061.000005"
      + #"|{"a": 1, "b": 2}|2026-11-22|8|t|t"#,
  ]

  @Test(arguments: Engine.allCases, Engine.allCases)
  func everyTypeArrivesEqual(source: Engine, destination: Engine) async throws {
    let (there, here) = (try TestDatabase(source), try TestDatabase(destination))
    let (from, to) = (try await there.store(), try await here.store())
    try await from.write(Self.rows) { ["default": $0.text + "é"] }
    let copied = try await to.copy([Everything.self], from: from)
    #expect(copied.map(\.copied) == [3] && copied.map(\.alreadyThere) == [0])
    let (expected, found) = (try await from.read(Everything.self).all(), try await to.read(Everything.self).all())
    #expect(Set(found.map(\.value.id)) == Set(Self.rows.map(\.id)))
    for row in expected { #expect(found.contains(row)) }
    for row in Self.rows { #expect(found.map(\.value).contains(row)) }
    if source != destination {
      // JSON keeps the text of its source, except JSONB.
      let tags = #"{"a": 1, "b": 2}"#
      let first = try #require(Self.first[destination])
      #expect(
        try here.rows(try #require(Self.dumps[destination]))
          == [destination == .sqlite ? first.replacing(#"{"a":1,"b":2}"#, with: tags) : first])
    }
    // Nothing is added twice, nor where it comes from: a JSONB column has other texts on the other engine.
    let again = try await to.copy([Everything.self], from: from, .missing)
    #expect(again.map(\.copied) == [0] && again.map(\.alreadyThere) == [3])
    #expect(try await from.copy([Everything.self], from: to, .missing).map(\.copied) == [0])
  }

  /// SQLite keeps the text of a JSONB column; PostgreSQL sorts the members and writes the numbers in its own way.
  @Test(arguments: [
    (#"{"é": -0.0, "b":1e2, "aa":[1.50, {"z":null,"y":"\u00e9"}],"":{}}"#, #"{"é": -0.0, "b":1e2, "aa":[1.51]}"#),
    ("[9007199254740993, null]", "[9007199254740992, null]"), (#""a""#, "null"),
  ])
  func textsOfJSONBAreComparedByTheirValues(text: String, other: String) async throws {
    let (there, here) = (try TestDatabase(.sqlite), try TestDatabase(.postgresql))
    let (from, to) = (try await there.store(), try await here.store())
    try await from.write(Array(Self.rows.prefix(1))) { _ in ["default": "1"] }
    try there.run("UPDATE everything SET tags = '\(text)'")
    #expect(try await to.copy([Everything.self], from: from, .missing).map(\.copied) == [1])
    #expect(try await from.copy([Everything.self], from: to, .missing).map(\.copied) == [0])
    #expect(try await to.copy([Everything.self], from: from, .missing).map(\.copied) == [0])
    // Another value is another row.
    try here.run("UPDATE everything SET tags = '\(other)'")
    #expect(try await from.copy([Everything.self], from: to, .missing).map(\.copied) == [1])
    #expect(try there.rows("SELECT count(*) FROM everything") == ["2"])
  }

  /// More rows than SQLite keeps in memory before it writes to the file, where a writer waits for other readers.
  @Test(arguments: Engine.allCases)
  func storesOfOneDatabaseCopyBetweenTheirTables(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try database.run(
      """
      CREATE TABLE old_clip AS SELECT * FROM clip;
      CREATE TABLE "old_metaxy-system__feature_versions" AS SELECT * FROM "metaxy-system__feature_versions"
      """)
    let (store, same) = (try await database.store(), try await database.store())
    let old = try await MetadataStore.open(url: database.url, registry: .test(), tablePrefix: "old_")
    let path = String(repeating: "p", count: 2000)
    try await store.write((0..<2000).map { Clip(sampleId: "s\($0)", ingestedAt: nil, path: path) }) { _ in
      ["default": "1"]
    }
    for mode in [CopyMode.missing, .all] {
      #expect(try await old.copy([Clip.self], from: store, mode).map(\.copied) == [2000])
      #expect(try await old.copy([Clip.self], from: store, .missing).map(\.alreadyThere) == [2000])
      #expect(try database.rows("SELECT count(*) FROM old_clip") == ["2000"])
      try database.run("DELETE FROM old_clip")
    }
    let onto = await failure { try await same.copy([Clip.self], from: store) }
    #expect(onto?.code == .storesDiffer && onto?.message.contains("onto themselves") == true)
    #expect(try database.rows("SELECT count(*) FROM clip") == ["2000"])
  }

  @Test func storesOfOneDatabaseCopyBetweenItsSchemas() async throws {
    let database = try TestDatabase(.postgresql)
    try database.run(
      """
      CREATE SCHEMA former;
      CREATE TABLE former.clip AS SELECT * FROM clip;
      CREATE TABLE former."metaxy-system__feature_versions" AS SELECT * FROM "metaxy-system__feature_versions"
      """)
    let store = try await database.store()
    let mark = database.url.contains("?") ? "&" : "?"
    let former = try await MetadataStore.open(
      url: database.url + "\(mark)options=-csearch_path%3Dformer", registry: .test())
    try await store.write([Clip(sampleId: "s1", ingestedAt: nil, path: "p")]) { _ in ["default": "1"] }
    #expect(try await former.copy([Clip.self], from: store).map(\.copied) == [1])
    #expect(try database.rows("SELECT sample_id, path FROM former.clip").count == 1)
    let onto = await failure { try await store.copy([Clip.self], from: try await database.store()) }
    #expect(onto?.code == .storesDiffer)
  }

  @Test(arguments: Engine.allCases, Engine.allCases)
  func whatIsMissingIsAdded(source: Engine, destination: Engine) async throws {
    let (there, here) = (try TestDatabase(source), try TestDatabase(destination))
    let (from, to) = (try await there.store(), try await here.store())
    let clips = (0..<1100).map { number in
      Clip(
        sampleId: "s\(number)", ingestedAt: number == 7 ? nil : Date(timeIntervalSince1970: Double(number)), path: "p")
    }
    try await from.write(clips) { _ in ["default": "1"] }
    // The history of a sample, and a row of another version.
    try await from.write([Clip(sampleId: "s1", ingestedAt: Date(timeIntervalSince1970: 5000.000001), path: "q")]) { _ in
      ["default": "2"]
    }
    try there.run("UPDATE clip SET feature_version = 'clip-0' WHERE sample_id = 's2'")
    try await from.write([ClipText(sampleId: "s1", writtenAt: 1, text: "t")])
    let first = try await to.copy([Clip.self, ClipText.self], from: from, .missing)
    #expect(first.map(\.copied) == [1100, 1] && first.map(\.ofOtherVersions) == [1, 0])
    #expect(try await to.read(Clip.self).where(Clip.Columns.sampleId == "s1").first()?.path == "q")
    #expect(try await to.resolveUpdate(ClipText.self).all().count == 1098)
    try await from.write([Clip(sampleId: "new", ingestedAt: nil, path: "n")]) { _ in ["default": "1"] }
    let second = try await to.copy([Clip.self], from: from, .missing, version: .allVersions)
    #expect(second.map(\.copied) == [2] && second.map(\.alreadyThere) == [1100])
    let all = "SELECT sample_id, path, feature_version, data_version FROM clip"
    #expect(try here.rows(all).sorted() == there.rows(all).sorted())
    #expect(try await to.copy([Clip.self], from: from, version: "clip-0").map(\.copied) == [1])
  }

  @Test(arguments: Engine.allCases)
  func valuesThatTheOtherEngineCannotHoldAreRefused(source: Engine) async throws {
    let other = source == .sqlite ? Engine.postgresql : .sqlite
    let (there, here) = (try TestDatabase(source), try TestDatabase(other))
    let (from, to) = (try await there.store(), try await here.store())
    try await from.write(Array(Self.rows.prefix(2))) { _ in ["default": "x"] }
    let id = source == .sqlite ? "0f8fad5bd9cb469fa16570867728950e" : "0f8fad5b-d9cb-469f-a165-70867728950e"
    let cases: [(column: String, value: String, former: String)] =
      source == .sqlite
      ? [
        ("medium", "'many'", "-7"), ("medium", "2147483648", "-7"), ("small", "1.5", "300"), ("double", "'x'", "0.1"),
        ("real", "0.1234567890123", "0.1"), ("real", "1e39", "0.1"), ("truth", "2", "1"),
        ("date", "'yesterday'", "'2026-11-22 10:07:31.123456'"),
        ("date", "'2026-11-22 10:07:31.1234567'", "'2026-11-22 10:07:31.123456'"),
        ("amount", "0.1234", "-123456.789"), ("short", "'sixsix'", "'five'"), ("bytes", "'text'", "x'00'"),
        ("day", "'2026-11-22 01:00:00'", "'2026-11-22'"), ("vector", "x'00'", "'[]'"),
        ("length", "'long'", "'1970-01-01 00:00:01'"),
        ("text", "CAST(x'610062' AS TEXT)", "'t'"), ("words", "'[NaN]'", "'[]'"),
      ]
      : [
        ("double", "'NaN'", "0.1"), ("date", "'infinity'", "'2026-11-22 10:07:31.123456+00'"),
        ("date", "'0044-03-15 12:00:00+00 BC'", "'2026-11-22 10:07:31.123456+00'"), ("amount", "'NaN'", "1"),
        ("length", "'1 mon'", "'1 s'"), ("length", "'9000 years'", "'1 s'"), ("day", "'infinity'", "'2026-11-22'"),
      ]
    for (column, value, former) in cases {
      func set(_ value: String) throws {
        try there.run("UPDATE everything SET \"\(column)\" = \(value) WHERE id = '\(id)'")
      }
      try set(value)
      let error = await failure { try await to.copy([Everything.self], from: from) }
      #expect(error?.code == .rowRefused && error?.payload.feature == "everything", "\(column) \(value)")
      #expect(error?.payload.row != nil && error?.message.contains("`id` `0f8fad5b") == true, "\(error?.message ?? "")")
      // A text that the engine itself refuses is not named by its column.
      if column != "words" { #expect(error?.payload.column == column, "\(error?.message ?? "")") }
      #expect(try here.rows("SELECT count(*) FROM everything") == ["0"])
      try set(former)
    }
    #expect(try await to.copy([Everything.self], from: from).map(\.copied) == [2])
  }

  @Test func storesThatDifferAreRefused() async throws {
    let (there, here) = (try TestDatabase(.sqlite), try TestDatabase(.postgresql))
    let (from, to) = (try await there.store(), try await here.store())
    try await from.write([Video.sample(1), Video.sample(2)]) { $0.given }
    let itself = await failure { try await from.copy([Video.self], from: from) }
    #expect(itself?.code == .storesDiffer)
    let newer = try await here.store(.test(videoVersion: "video-2"))
    let version = await failure { try await newer.copy([Video.self], from: from) }
    #expect(version?.code == .storesDiffer && version?.payload.feature == "video")
    #expect(version?.message.contains("`video-1` in the source and `video-2` in the destination") == true)
    let wider = try await here.store(
      .test(extraVideoColumns: [RegisteredColumn("size", codingKey: "size", type: .bigint, isNullable: true)]))
    let column = await failure { try await wider.copy([Video.self], from: from) }
    #expect(column?.message.contains("the source has no column `size`") == true)
    let algorithm = await failure { try await here.store(.test(), .sha256).copy([Video.self], from: from) }
    #expect(algorithm?.message.contains("the hash algorithm is `md5` in the source and `sha256` in the") == true)
    #expect(await failure { try await to.copy([Stranger.self], from: from) }?.code == .typeNotRegistered)
    try here.run("ALTER TABLE video DROP COLUMN path")
    #expect(await failure { try await to.copy([Video.self], from: from) }?.code == .tableDrifted)
    try here.run("ALTER TABLE video ADD COLUMN path VARCHAR; ALTER TABLE video ADD CHECK (path <> '/v/2.mp4')")
    let refused = await failure { try await to.copy([Video.self], from: from) }
    #expect(refused?.code == .rowRefused && refused?.payload.row == 2)
    #expect(refused?.message.hasPrefix("row 2 of `video`, `sample_id` `s2`: the database refused it") == true)
    // Without a column that orders them, a server does not know which of two rows is the newest.
    try await from.write([Video.sample(1)]) { $0.given }
    let order = await failure { try await to.copy([Video.self], from: from) }
    #expect(order?.code == .newestRowAmbiguous && order?.message.contains("`sample_id` `s1`") == true)
    #expect(try here.rows("SELECT count(*) FROM video") == ["0"])
  }

  @Test(arguments: Engine.allCases, Engine.allCases)
  func timesAndDeletionsAreKept(source: Engine, destination: Engine) async throws {
    let base = Recorded.feature("a", Base.self, fields: [Recorded.field("x")])
    let there = try RecordedDatabase(source, ["a": ["id"]])
    let here = try RecordedDatabase(destination, ["a": ["id"]])
    let (from, to) = (try await there.store([base]), try await here.store([base]))
    for version in ["1", "2"] {
      try await from.write([Base(id: "1"), Base(id: "2")], materializationID: "é\(version)") { _ in ["x": version] }
    }
    #expect(try await from.read(Base.self).where(FeatureColumn(\Base.id, "id") == "2").delete(.soft) == 1)
    try there.run("UPDATE a SET metaxy_created_at = '1970-01-01 00:00:00.000001', metaxy_project_version = NULL")
    #expect(try await to.copy([Base.self], from: from, .missing).map(\.copied) == [5])
    #expect(try await to.copy([Base.self], from: from, .missing).map(\.copied) == [0])
    func all(_ database: RecordedDatabase) throws -> [String] {
      let times = ["metaxy_created_at", "metaxy_updated_at", "metaxy_deleted_at"].map { column in
        database.engine == .sqlite
          ? column : "to_char(\(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
      }
      return try database.rows(
        """
        SELECT id, metaxy_provenance_by_field, metaxy_provenance, metaxy_feature_version, metaxy_project_version,
          metaxy_data_version_by_field, metaxy_data_version, metaxy_materialization_id, \(times.joined(separator: ", "))
        FROM a ORDER BY 1, 10, 11
        """
      ).sorted()
    }
    #expect(try all(here) == all(there))
    #expect(try await to.read(Base.self).all() == from.read(Base.self).all())
  }

  @Test func rowsInMemoryAreCopied() async throws {
    let memory = try await StoreInMemory.videos()
    try await memory.write([Video.sample(1), Video.sample(2)]) { $0.given }
    let file = try TestDatabase(.sqlite)
    let store = try await file.store()
    #expect(try await store.copy([Video.self], from: memory).map(\.copied) == [2])
    let other = try await StoreInMemory.videos()
    #expect(try await other.copy([Video.self], from: store, .missing).map(\.copied) == [2])
    #expect(try await other.copy([Video.self], from: memory, .missing).map(\.alreadyThere) == [2])
    for store in [store, other] {
      let rows = try await store.read(Video.self).order(by: Video.Columns.sampleId.ascending).all()
      #expect(rows.map(\.value) == [Video.sample(1), Video.sample(2)])
      #expect(try await rows == memory.read(Video.self).order(by: Video.Columns.sampleId.ascending).all())
    }
  }

  @Test(arguments: Engine.allCases)
  func aCancelledCopyLeavesNothing(engine: Engine) async throws {
    let (there, here) = (try TestDatabase(engine), try TestDatabase(engine))
    let (from, to) = (try await there.store(), try await here.store())
    #expect(try await from.read(Crop.self).count() == 0)
    try there.endlessCrops()
    for mode in [CopyMode.all, .missing] {
      let task = Task { try await to.copy([Crop.self], from: from, mode, version: .allVersions) }
      try await waitUntil("rows are copied") { () async throws -> Bool in try here.isWritten }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try here.rows("SELECT count(*) FROM video__crop") == ["0"])
    }
    #expect(try await to.write([Video.sample(1)]) { $0.given } == 1)
  }
}

extension TestDatabase {
  /// Gives the crops a view in place of their table, with rows without an end.
  func endlessCrops() throws {
    let numbers =
      engine == .sqlite
      ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
      : "WITH n AS (SELECT generate_series(1, 1000000000000) AS i) SELECT"
    try run(
      """
      ALTER TABLE video__crop RENAME TO former;
      CREATE VIEW video__crop AS \(numbers) NULL AS data_version, 'crop-1' AS feature_version,
        NULL AS feature_spec_version, NULL AS snapshot_version, 's' || i AS sample_id, 1 AS width FROM n
      """)
  }

  /// Whether a transaction of another program writes to the database.
  var isWritten: Bool {
    get throws {
      switch engine {
      // It keeps the file from being locked.
      case .sqlite: (try? run("BEGIN EXCLUSIVE; ROLLBACK")) == nil
      case .postgresql:
        try rows(
          """
          SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
          """) != []
      }
    }
  }
}
