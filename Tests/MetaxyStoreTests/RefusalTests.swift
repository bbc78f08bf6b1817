import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// What is refused before any row is written.
@Suite(.timed, .oneAfterAnother) struct RefusalTests {
  @Test func aTypeOutsideTheRegistryIsRefused() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    let error = await failure { try await store.write([Stranger(sampleId: "a")]) }
    #expect(
      error?.message == "the registry of `pipeline` does not contain the type `Stranger` of the feature `stranger`")
    #expect(error?.hints.first?.description.contains("`metaxy generate`") == true)
    #expect(await failure { try await store.read(Stranger.self).all() }?.code == .typeNotRegistered)
  }

  @Test(arguments: Engine.allCases)
  func anotherSnapshotIsRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try database.record("snapshot-0", at: "2026-11-21 10:00:00")
    try database.record("elsewhere", project: "another", at: "2026-11-29 10:00:00")
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { $0.given }
    try database.record("snapshot-2", at: "2026-11-23 10:00:00")
    let error = await failure { try await store.write([Video.sample(2)]) { $0.given } }
    #expect(error?.code == .snapshotDiffers)
    #expect(error?.message.contains("`snapshot-1`, but `snapshot-2` is the latest one recorded") == true)
    #expect(error?.hints.first?.description.contains("`metaxy generate`") == true)
    // Reading is no danger.
    #expect(try await store.read(Video.self).count() == 1)
  }

  @Test(arguments: Engine.allCases)
  func withoutARecordedSnapshotNothingIsWritten(engine: Engine) async throws {
    let database = try TestDatabase(engine, snapshot: nil)
    let error = await failure { try await database.store().write([Video.sample(1)]) { $0.given } }
    #expect(error?.code == .snapshotNotRecorded)
    #expect(error?.hints.first?.description.contains("`metaxy graph push`") == true)
    let free = try await database.store(requiresRecordedSnapshot: false)
    #expect(try await free.write([Video.sample(1)]) { $0.given } == 1)
  }

  @Test(arguments: Engine.allCases)
  func aTableThatWasNotMigratedIsNamed(engine: Engine) async throws {
    let database = try TestDatabase(engine, withTables: false)
    let store = try await database.store()
    for error in [
      await failure { try await store.write([Video.sample(1)]) { $0.given } },
      await failure { try await store.read(Video.self).all() },
    ] {
      #expect(error?.code == .tableMissing)
      #expect(error?.payload.table == "video" && error?.payload.feature == "video")
      #expect(error?.message.contains("has no table `video` for the feature `video`") == true)
      #expect(error?.hints.first?.description.hasPrefix("`metaxy upgrade`") == true)
    }
  }

  @Test(arguments: Engine.allCases)
  func aTableThatDriftedIsRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try database.run(
      """
      ALTER TABLE video RENAME COLUMN path TO location;
      ALTER TABLE video__crop ADD COLUMN height INTEGER NOT NULL DEFAULT 0;
      DROP TABLE faces;
      CREATE TABLE faces (
        data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR, snapshot_version VARCHAR,
        sample_id VARCHAR NOT NULL, face VARCHAR NOT NULL, score REAL NOT NULL, angle INTEGER NOT NULL)
      """)
    let store = try await database.store()
    let video = await failure { try await store.write([Video.sample(1)]) { $0.given } }
    #expect(video?.code == .tableDrifted)
    #expect(video?.message.contains("it has no column `path`, its column `location` is NOT NULL") == true)
    #expect(video?.hints.first?.description.hasPrefix("`metaxy check`") == true)
    let faces = await failure { try await store.write([Face(sampleId: "a", face: 1, score: 1)]) }
    #expect(faces?.message.contains("its column `angle` is NOT NULL") == true)
    #expect(faces?.message.contains("its column `face` is VARCHAR, not BIGINT") == true)
    // A generated column does not matter.
    #expect(try await store.read(Crop.self).all().isEmpty)
    let read = await failure { try await store.read(Video.self).all() }
    #expect(read?.message.hasSuffix("it has no column `path`") == true)
  }

  @Test func anotherProjectsFeatureIsWrittenOnlyWhenAsked() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store(.test(videoProject: "archive"))
    let error = await failure { try await store.write([Video.sample(1)]) { $0.given } }
    #expect(error?.message == "`video` is a feature of the project `archive`, but this program is of `pipeline`")
    #expect(try await store.write([Video.sample(1)], allowingOtherProjects: true) { $0.given } == 1)
  }

  @Test func aDatabaseThatIsNotThereIsNotCreated() async throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/a.db"
    let error = await failure { try await MetadataStore.open(url: "sqlite:///\(path)", registry: .test()) }
    #expect(error?.code == .noDatabase)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func aClosedStoreSaysSo() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    await store.close()
    #expect(await failure { try await store.read(Video.self).all() }?.code == .storeClosed)
  }
}
