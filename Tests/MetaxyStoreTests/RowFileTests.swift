import Foundation
import Metaxy
import MetaxyErrors
import MetaxyFiles
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows that a program writes into files, and reads from them.
@Suite(.timed, .oneAfterAnother) final class RowFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func path(_ name: String) -> String { directory.path + "/" + name }

  private static let videos = [
    Video(sampleId: "b\n\"c\", d", path: "", durationSeconds: 0.1, framesPerSecond: nil),
    Video(sampleId: "a", path: "é\u{1F600}\r", durationSeconds: 9_007_199_254_740_992, framesPerSecond: 23.976),
  ]

  /// CSV in the form of RFC 4180, NULL and an empty text as PostgreSQL's COPY has them; sorted by ID columns.
  @Test(arguments: Engine.allCases)
  func rowsAreWrittenInBothFormats(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write(Self.videos) { ["frames": $0.sampleId.count.description, "audio": "x"] }
    let csv = path("videos.csv")
    #expect(try await store.export(Video.self, to: csv, columns: Self.columns) == 2)
    #expect(
      try Files.text(at: csv) == """
        sample_id,path,duration_seconds,frames_per_second,feature_version
        a,"é\u{1F600}\r",9007199254740992.0,23.976,video-1
        "b
        ""c"", d","",0.1,,video-1

        """)
    let lines = path("videos.jsonl")
    #expect(try await store.export(Video.self, to: lines, columns: Self.columns) == 2)
    #expect(
      try Files.text(at: lines) == #"""
        {"sample_id": "a", "path": "é😀\r", "duration_seconds": 9007199254740992.0, "frames_per_second": 23.976, "feature_version": "video-1"}
        {"sample_id": "b\n\"c\", d", "path": "", "duration_seconds": 0.1, "frames_per_second": null, "feature_version": "video-1"}

        """#)
  }

  private static let columns = ["sample_id", "path", "duration_seconds", "frames_per_second", "feature_version"]

  @Test(arguments: Engine.allCases, RowFileFormat.allCases)
  func rowsComeBackEqualOnEitherEngine(source: Engine, format: RowFileFormat) async throws {
    let there = try TestDatabase(source)
    let from = try await there.store()
    try await from.write(CopyTests.rows) { ["default": $0.text + "é"] }
    let file = path("everything")
    #expect(try await from.export(Everything.self, to: file, as: format) == 3)
    let expected = try await from.read(Everything.self).all()
    for engine in Engine.allCases {
      let here = try TestDatabase(engine)
      let to = try await here.store()
      #expect(try await to.import(Everything.self, from: file, as: format).written == 3)
      let found = try await to.read(Everything.self).all()
      #expect(found.count == 3)
      for row in expected { #expect(found.contains(row)) }
      let again = await failure { try await to.import(Everything.self, from: self.path("everything"), as: format) }
      #expect(again?.code == .rowsExist && again?.hints.first?.description.contains("skippingExisting") == true)
      let skipped = try await to.import(Everything.self, from: file, as: format, skippingExisting: true)
      #expect(skipped.written == 0 && skipped.alreadyThere == 3)
      #expect(try here.rows("SELECT count(*) FROM everything") == ["3"])
    }
  }

  @Test(arguments: Engine.allCases)
  func historyAndVersionsAreChosen(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    for (time, path) in [(1.0, "old"), (2, "new")] {
      try await store.write([Clip(sampleId: "a", ingestedAt: Date(timeIntervalSince1970: time), path: path)]) {
        ["default": $0.path]
      }
    }
    let file = path("clips.csv")
    func paths(_ version: VersionChoice = .current, history: Bool = false) async throws -> String {
      try await store.export(
        Clip.self, to: file, version: version, history: history, columns: ["path"], overwriting: true)
      return try Files.text(at: file)
    }
    #expect(try await paths() == "path\nnew\n")
    #expect(try await paths(history: true) == "path\nold\nnew\n")
    #expect(try await paths("clip-0") == "path\n")
    try database.run("UPDATE clip SET feature_version = 'clip-0' WHERE path = 'old'")
    #expect(try await paths("clip-0") == "path\nold\n")
    #expect(try await paths(.allVersions) == "path\nold\nnew\n")
    // After an error the former file is there, and no part of a new one.
    try database.run("UPDATE clip SET feature_version = 'clip-1', ingested_at = NULL")
    #expect(await failure { try await paths() }?.code == .newestRowAmbiguous)
    #expect(try Files.text(at: file) == "path\nold\nnew\n")
    let exists = await failure { try await store.export(Clip.self, to: file, history: true) }
    #expect(exists?.code == .unwritableFile && exists?.hints.first?.description == "`overwriting: true` replaces it")
    let format = await failure { try await store.export(Clip.self, to: self.path("clips.txt")) }
    #expect(format?.code == .rowsFileRefused && format?.hints.first?.description.contains("as: .csv") == true)
    let column = await failure { try await store.export(Clip.self, to: self.path("x.csv"), columns: ["paht"]) }
    #expect(column?.code == .unknownColumn && column?.hints.first?.description == "did you mean `path`?")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["clips.csv"])
  }

  @Test(arguments: Engine.allCases)
  func filesThatDoNotFitAreRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let head = "data_version,feature_version,feature_spec_version,snapshot_version,sample_id,width\n"
    func error(_ text: String, _ store: MetadataStore) async throws -> MetaxyError? {
      let file = path("crops.csv")
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      return await failure { try await store.import(Crop.self, from: file) }
    }
    let rows = head + "{},crop-1,s,s,a,1\n{},crop-1,s,s,,2\n{},crop-1,s,s,c,2147483648\n"
    let values = try await error(rows, store)
    #expect(values?.code == .rowRefused && values?.payload.row == 2 && values?.payload.feature == "video/crop")
    #expect(values?.diagnostics.map(\.location.line) == [3, 4])
    let columns = try await error("sample_id,width\na,1\n", store)
    #expect(columns?.code == .rowsFileRefused && columns?.hints.first?.description.contains("call `write`") == true)
    #expect(try await error(head + "{},crop-1,s,s,a\n", store)?.code == .rowsFileRefused)
    let other = try await database.store(.test(snapshot: "other"))
    #expect(try await error(head + "{},crop-1,s,s,a,1\n", other)?.code == .snapshotDiffers)
    #expect(try database.rows("SELECT count(*) FROM video__crop") == ["0"])
  }

  @Test(arguments: Engine.allCases)
  func aCancelledExportLeavesNoFile(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try database.run(
      """
      INSERT INTO video__crop (data_version, feature_version, sample_id, width)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
      SELECT '{}', 'crop-1', 's' || i, 1 FROM n
      """)
    let file = path("crops.jsonl")
    let task = Task { try await store.export(Crop.self, to: file) }
    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory.path) }
    try await waitUntil("the file is written") { () async throws -> Bool in
      try files().contains { try FileManager.default.attributesOfItem(atPath: self.path($0))[.size] as? Int ?? 0 > 0 }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try files() == [])
    #expect(try await store.read(Crop.self).where(FeatureColumn(\Crop.sampleId, "sample_id") == "s7").count() == 1)
  }

  @Test func aStoreInMemoryHasFilesToo() async throws {
    let store = try await StoreInMemory.videos()
    try await store.write([Video.sample(1), Video.sample(2)]) { $0.given }
    let file = path("videos.ndjson")
    #expect(try await store.export(Video.self, to: file) == 2)
    let other = try await StoreInMemory.videos()
    #expect(try await other.import(Video.self, from: file).written == 2)
    #expect(Set(try await other.read(Video.self).all().map(\.value.sampleId)) == ["s1", "s2"])
  }
}
