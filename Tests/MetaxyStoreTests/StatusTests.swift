import Metaxy
import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyRegistry
import MetaxyStore
import MetaxyTestSupport
import Testing

/// What a store has, and a store in memory.
@Suite(.timed, .oneAfterAnother) struct StatusTests {
  @Test(arguments: Engine.allCases)
  func rowsAndSamplesOfEachVersionAreCounted(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try database.run("DROP TABLE everything")
    #expect(try await store.hasFeature(Video.self))
    #expect(try await !store.hasFeature(Everything.self))
    #expect(await failure { try await store.hasFeature(Stranger.self) }?.code == .typeNotRegistered)
    #expect(try await store.listFeatures() == ["clip", "clip/text", "faces", "video", "video/crop"])
    for number in [1, 2, 2, 2] { try await store.write([Video.sample(number)]) { $0.given } }
    try database.run(
      """
      INSERT INTO video SELECT data_version, 'video-0', NULL, NULL, sample_id, path, 1, NULL FROM video;
      INSERT INTO video SELECT data_version, NULL, NULL, NULL, 's9', path, 1, NULL FROM video
        WHERE feature_version = 'video-0' AND sample_id = 's1'
      """)
    let status = try await store.status()
    #expect(status.map(\.feature) == ["clip", "clip/text", "faces", "video", "video/crop"])
    let video = try #require(status.first { $0.feature == "video" })
    #expect(video.versions.map(\.version) == [nil, "video-0", "video-1"])
    #expect(video.versions.map(\.samples) == [1, 2, 2])
    #expect(video.versions.map(\.rows) == [1, 4, 4])
    #expect(video.current?.version == "video-1")
    // The rows of Metaxy's first releases have no time.
    #expect(video.latestWrite == nil)
    let crop = try #require(status.first { $0.feature == "video/crop" })
    #expect(crop.versions.map(\.rows) == [0] && crop.current?.version == "crop-1")
  }

  /// Since Metaxy 0.1 a sample may be deleted, and rows have times.
  @Test(arguments: Engine.allCases)
  func statusHasTheLatestWrite(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "o": ["id"]])
    let store = try await database.store([
      Recorded.feature("a", Base.self, fields: [Recorded.field("x")]),
      Recorded.feature("o", Extra.self, fields: [Recorded.field("x")]),
    ])
    let rows = [
      "'1', 'a-1', '2026-11-22 10:00:00.5', NULL", "'1', 'a-1', '2026-11-22T11:00:00', NULL",
      // Deleted after it was written, and written again after a deletion.
      "'2', 'a-1', '2026-11-22 09:00:00', NULL", "'2', 'a-1', '2026-11-22 09:00:00', '2026-11-22 12:00:00.25'",
      "'3', 'a-1', '2026-11-22 07:00:00', '2026-11-22 08:00:00'", "'3', 'a-1', '2026-11-22 08:30:00', NULL",
      "'1', 'a-0', '2026-11-21 10:00:00', NULL", "'9', 'a-0', NULL, NULL",
    ]
    for row in rows {
      try database.run(
        "INSERT INTO a (id, metaxy_feature_version, metaxy_updated_at, metaxy_deleted_at) VALUES (\(row))")
    }
    let status = try await store.status()
    #expect(status.map(\.feature) == ["a", "o"])
    #expect(status[0].versions.map(\.version) == ["a-0", "a-1"])
    #expect(status[0].versions.map(\.samples) == [2, 2] && status[0].versions.map(\.rows) == [2, 6])
    #expect(
      status[0].versions.map(\.latestWrite) == ["2026-11-21 10:00:00.000000", "2026-11-22 12:00:00.250000"])
    #expect(status[0].latestWrite == "2026-11-22 12:00:00.250000" && status[0].current?.samples == 2)
    #expect(status[1].versions.map(\.rows) == [0] && status[1].latestWrite == nil)
    #expect(try await store.read(Base.self).count() == 2)
  }

  @Test func aStoreInMemoryHasTheTables() async throws {
    let registry = StoreInMemory.registry
    let plain = FeatureRegistry.test()
    let store = try await StoreInMemory.videos()
    #expect(try await store.listFeatures() == ["video", "video/crop"])
    try await store.write([Video.sample(1), Video.sample(2)]) { $0.given }
    try await store.write([Crop(sampleId: "s1", width: 1)])
    #expect(try await store.resolveUpdate(Crop.self).all().map(\.id.description) == ["`sample_id` `s2`"])
    var streamed = 0
    for try await _ in store.read(Video.self).rows { streamed += 1 }
    #expect(streamed == 2)
    // Another one is empty.
    #expect(try await MetadataStore.inMemory(registry: registry).read(Video.self).count() == 0)
    #expect(await failure { try await MetadataStore.inMemory(registry: plain) }?.code == .noDefinitions)
  }
}

/// A store in memory with the tables of two features.
enum StoreInMemory {
  static var registry: FeatureRegistry {
    let system = "data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR, snapshot_version VARCHAR"
    let script = TableScript([
      .init(
        .table("video"),
        """
        CREATE TABLE video (\(system), sample_id VARCHAR NOT NULL, path VARCHAR NOT NULL,
          duration_seconds FLOAT NOT NULL, frames_per_second FLOAT)
        """),
      .init(
        .table("video__crop"),
        "CREATE TABLE video__crop (\(system), sample_id VARCHAR NOT NULL, width INTEGER NOT NULL)"),
    ])
    let plain = FeatureRegistry.test()
    return FeatureRegistry(
      project: plain.project, snapshotVersion: plain.snapshotVersion, hashTruncationLength: nil,
      definitions: TableScript.text(of: [("sqlite", script)]), features: plain.features)
  }

  static func videos() async throws -> MetadataStore { try await MetadataStore.inMemory(registry: registry) }
}
