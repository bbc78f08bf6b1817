import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Which row of a sample is read, joined and taken as a parent.
@Suite(.timed, .oneAfterAnother) struct NewestRowTests {
  private static let noon = Date(timeIntervalSince1970: 1_795_348_800)

  private func clip(_ sample: String, hour: Double?, _ path: String) -> Clip {
    Clip(sampleId: sample, ingestedAt: hour.map { Self.noon.addingTimeInterval($0 * 3600) }, path: path)
  }

  /// Writes each row by a write of its own; its data version is its path.
  private func write(_ clips: [Clip], _ store: MetadataStore) async throws {
    for clip in clips { try await store.write([clip]) { ["default": $0.path] } }
  }

  private func paths(_ request: RowRequest<Clip>) async throws -> [String] {
    try await request.order(by: Clip.Columns.path.ascending).all().map(\.path)
  }

  @Test(arguments: Engine.allCases)
  func theOrderColumnDecides(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write(
      [
        clip("a", hour: 2, "a-new"), clip("a", hour: 1, "a-old"), clip("b", hour: nil, "b-unknown"),
        clip("b", hour: 1, "b-known"), clip("c", hour: nil, "c"),
      ], store)
    let clips = store.read(Clip.self)
    #expect(try database.rows("SELECT count(*) FROM clip") == ["5"])
    // NULL is less than every time.
    #expect(try await paths(clips) == ["a-new", "b-known", "c"])
    #expect(try await paths(store.read(Clip.self, history: true)) == ["a-new", "a-old", "b-known", "b-unknown", "c"])
    #expect(try await clips.count() == 3)
    #expect(try await store.read(Clip.self, history: true).count() == 5)
    // Conditions see the newest rows alone.
    #expect(try await paths(clips.where(Clip.Columns.path == "a-old")) == [])
    #expect(try await clips.where(Clip.Columns.path == "a-old").count() == 0)
    #expect(try await paths(clips.where(Clip.Columns.sampleId == "a")) == ["a-new"])
    #expect(
      try await paths(clips.where(Clip.Columns.sampleId == "a" && Clip.Columns.path == "a-old")) == [])
    #expect(try await paths(clips.where(!(Clip.Columns.sampleId == "a") || Clip.Columns.path == "a-new")).count == 3)
    #expect(
      try await clips.order(by: Clip.Columns.path.descending).limit(1, offset: 1).all().map(\.path) == ["b-known"])
    var streamed: Set<String> = []
    for try await row in clips.rows { streamed.insert(row.path) }
    #expect(streamed == ["a-new", "b-known", "c"])
  }

  /// The child of a sample that was written again is computed from its newest row.
  @Test(arguments: Engine.allCases)
  func childrenOfASampleThatChangedCanBeWritten(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write([clip("a", hour: 1, "v1")], store)
    try await store.write([ClipText(sampleId: "a", writtenAt: 1, text: "one")])
    try await write([clip("a", hour: 2, "v2"), clip("a", hour: 0, "v0")], store)
    try await store.write([ClipText(sampleId: "a", writtenAt: 2, text: "two")])
    let hashes = ["v1", "v2"].map { HashAlgorithm.md5.hash("default|1|clip/default|\($0)") }
    #expect(
      try database.rows("SELECT data_version, \"text\" FROM clip__text ORDER BY written_at")
        == [#"{"default": "\#(hashes[0])"}|one"#, #"{"default": "\#(hashes[1])"}|two"#])
    let pairs = store.read(ClipText.self).joined(with: Clip.self)
    #expect(try await pairs.all().map { [$0.0.text, $0.1.path] } == [["two", "v2"]])
    #expect(try await pairs.count() == 1)
    let history = store.read(ClipText.self, history: true)
    #expect(try await history.joined(with: Clip.self).count() == 2)
    #expect(try await history.joined(with: Clip.self, history: true).count() == 6)
    #expect(try await pairs.where(Clip.Columns.path == "v1").count() == 0)
  }

  @Test func withoutAnOrderTheLastRowIsTheNewestOnSQLite() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    for version in ["1", "2"] {
      try await store.write([Video(sampleId: "a", path: version, durationSeconds: 1)]) { _ in
        ["frames": "f\(version)", "audio": "a"]
      }
    }
    #expect(try await store.read(Video.self).all().map(\.path) == ["2"])
    try await store.write([Crop(sampleId: "a", width: 1)])
    #expect(
      try await store.read(Crop.self).all().map(\.dataVersion)
        == [["frames": HashAlgorithm.md5.hash("frames|2|video/frames|f2")]])
    // A column may have the name of the row id.
    try database.run("ALTER TABLE video ADD COLUMN rowid INTEGER; UPDATE video SET rowid = -_rowid_")
    #expect(try await store.read(Video.self).all().map(\.path) == ["2"])
    // A table without row ids.
    try database.run(
      """
      ALTER TABLE video RENAME TO former;
      CREATE TABLE video (
        data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR, snapshot_version VARCHAR,
        sample_id VARCHAR NOT NULL, path VARCHAR NOT NULL, duration_seconds FLOAT NOT NULL, frames_per_second FLOAT,
        PRIMARY KEY (path)) WITHOUT ROWID;
      INSERT INTO video SELECT data_version, feature_version, feature_spec_version, snapshot_version, sample_id, path,
        duration_seconds, frames_per_second FROM former;
      """)
    #expect(await failure { try await store.read(Video.self).all() }?.code == .newestRowAmbiguous)
  }

  @Test func withoutAnOrderSeveralRowsAreRefusedOnPostgreSQL() async throws {
    let database = try TestDatabase(.postgresql)
    let store = try await database.store()
    for path in ["/1", "/2"] {
      try await store.write([Video(sampleId: "a", path: path, durationSeconds: 1)]) { $0.given }
    }
    try await store.write([Video(sampleId: "b", path: "/3", durationSeconds: 1)]) { $0.given }
    let error = await failure { try await store.read(Video.self).all() }
    #expect(error?.code == .newestRowAmbiguous)
    #expect(
      error?.message == "the sample `sample_id` `a` has 2 rows of `video`, and nothing determines which is the newest")
    #expect(
      error?.hints.map(\.description) == [
        #"name the column that orders the rows of a sample, `@Feature("video", order: "COLUMN")`, and run `metaxy generate`"#,
        "`history: true` reads all rows of a sample",
      ])
    #expect(try await store.read(Video.self, history: true).count() == 3)
    #expect(try await store.read(Video.self).where(Video.Columns.sampleId == "b").all().map(\.path) == ["/3"])
    // The child needs the data version alone, which is the same in both rows.
    #expect(try await store.write([Crop(sampleId: "a", width: 1)]) == 1)
  }

  @Test(arguments: Engine.allCases)
  func rowsThatAreEquallyNewAreAnError(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write(
      [clip("a", hour: 1, "a"), clip("b", hour: 1, "b1"), clip("b", hour: 1, "b2"), clip("b", hour: 0, "b0")], store)
    try await store.write([ClipText(sampleId: "a", writtenAt: 1, text: "one")])
    let clips = store.read(Clip.self)
    let expected = "the sample `sample_id` `b` has 2 newest rows of `clip`: `ingested_at` is "
    // Whichever rows the conditions and the limit leave.
    for request in [
      clips, clips.where(Clip.Columns.path == "b1"), clips.where(Clip.Columns.path == "none"),
      clips.order(by: Clip.Columns.path.ascending).limit(1), clips.limit(1, offset: 1),
    ] {
      let error = await failure { try await request.all() }
      #expect(error?.code == .newestRowAmbiguous)
      #expect(error?.message.hasPrefix(expected) == true && error?.message.contains("2026-11-22") == true)
      #expect(error?.payload.column == "ingested_at")
      #expect(await failure { try await request.count() }?.message == error?.message)
      let streamed = await failure { for try await _ in request.rows {} }
      #expect(streamed?.message == error?.message)
    }
    #expect(try await paths(clips.where(Clip.Columns.sampleId == "a")) == ["a"])
    #expect(try await paths(store.read(Clip.self, history: true)).count == 4)
    let pairs = clips.joined(with: ClipText.self)
    #expect(try await pairs.count() == 1)
    let child = await failure { try await store.write([ClipText(sampleId: "b", writtenAt: 1, text: "b")]) }
    #expect(
      child?.message.hasSuffix("has several rows with the same greatest `ingested_at`, and their data versions differ")
        == true)
    try database.run("UPDATE clip SET ingested_at = NULL WHERE sample_id = 'b'")
    #expect(
      await failure { try await clips.all() }?.message
        == "the sample `sample_id` `b` has 3 newest rows of `clip`: `ingested_at` is NULL in each of them")
  }

  @Test(arguments: Engine.allCases)
  func eachVersionHasItsNewestRows(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write([clip("a", hour: 3, "old-1"), clip("a", hour: 4, "old-2")], store)
    try database.run("UPDATE clip SET feature_version = 'clip-0'")
    try await write([clip("a", hour: 1, "new-1"), clip("a", hour: 2, "new-2")], store)
    let clips = store.read(Clip.self)
    #expect(try await paths(clips) == ["new-2"])
    #expect(try await paths(clips.version("clip-0")) == ["old-2"])
    #expect(try await paths(clips.version(.allVersions)) == ["new-2", "old-2"])
    #expect(try await paths(store.read(Clip.self, history: true).version("clip-0")) == ["old-1", "old-2"])
  }

  @Test(arguments: Engine.allCases)
  func unchangedRowsAreSkipped(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let rows = (0..<1500).map { clip("s\($0)", hour: 1, "p\($0)") }
    #expect(try await store.write(rows, .unlessUnchanged) { ["default": $0.path] } == 1500)
    let again = rows.map { Clip(sampleId: $0.sampleId, ingestedAt: Self.noon.addingTimeInterval(7200), path: $0.path) }
    #expect(try await store.write(again, .unlessUnchanged) { ["default": $0.path] } == 0)
    #expect(
      try await store.write(again, .unlessUnchanged) {
        ["default": $0.sampleId == "s7" || $0.sampleId == "s1200" ? "changed" : $0.path]
      } == 2)
    #expect(
      try database.rows("SELECT sample_id, count(*) FROM clip GROUP BY 1 HAVING count(*) > 1 ORDER BY 1")
        == ["s1200|2", "s7|2"])
    // Only the newest row counts: the data version is that of the former one.
    let back = Clip(sampleId: "s7", ingestedAt: Self.noon.addingTimeInterval(10_800), path: "p7")
    #expect(try await store.write([back], .unlessUnchanged) { ["default": $0.path] } == 1)
    // Computed data versions.
    let texts = ["s7", "s8"].map { ClipText(sampleId: $0, writtenAt: 1, text: "t") }
    #expect(try await store.write(texts) == 2)
    try await write([clip("s8", hour: 9, "other")], store)
    let later = texts.map { ClipText(sampleId: $0.sampleId, writtenAt: 2, text: "t") }
    #expect(try await store.write(later, .unlessUnchanged) == 1)
    #expect(try database.rows("SELECT sample_id FROM clip__text WHERE written_at = 2") == ["s8"])
  }

  @Test(arguments: Engine.allCases)
  func rowsOfASampleAreReplaced(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write([clip("a", hour: 1, "a1"), clip("a", hour: 2, "a2"), clip("b", hour: 1, "b1")], store)
    try database.run("UPDATE clip SET feature_version = 'clip-0' WHERE path = 'a1'")
    #expect(try await store.write([clip("a", hour: 0, "a3")], .replacing) { ["default": $0.path] } == 1)
    #expect(try database.rows("SELECT path FROM clip ORDER BY path") == ["a1", "a3", "b1"])
    // A row that is refused leaves the former ones.
    let more = (0..<1100).map { clip("s\($0)", hour: 0, "more") }
    let error = await failure {
      try await store.write([clip("a", hour: 0, "a4")] + more + [clip("", hour: 0, "a5")], .replacing) {
        ["default": $0.path]
      }
    }
    #expect(error?.code == .rowRefused)
    #expect(try database.rows("SELECT path FROM clip ORDER BY path") == ["a1", "a3", "b1"])
  }
}
