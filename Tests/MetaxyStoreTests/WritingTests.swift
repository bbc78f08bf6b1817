import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

@Suite(.timed, .oneAfterAnother) struct WritingTests {
  @Test(arguments: Engine.allCases)
  func systemColumnsAreInjected(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    #expect(try await store.write([Video.sample(1)]) { _ in ["frames": "f1", "audio": "a1"] } == 1)
    #expect(
      try database.rows(
        "SELECT data_version, feature_version, feature_spec_version, snapshot_version, sample_id, path FROM video")
        == [#"{"frames": "f1", "audio": "a1"}|video-1|video-spec|snapshot-1|s1|/v/1.mp4"#])
  }

  /// The text is that of `data-version.json` of the reference, whose hash is Metaxy's own.
  @Test(arguments: Engine.allCases)
  func derivedVersionsAreComputedFromTheParents(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { _ in ["frames": "abc123", "audio": "9f"] }
    try await store.write([Crop(sampleId: "s1", width: 4)])
    // frames|2|video/frames|abc123
    #expect(
      try await store.read(Crop.self).all().map(\.dataVersion)
        == [["frames": "6e817e14bf4d03a2b931a2d354a5f2fd"]])
    // default|1|video/audio|9f|video/frames|abc123|video/crop/frames|6e81…, by md5sum
    try await store.write([Face(sampleId: "s1", face: 1, score: 0.5), Face(sampleId: "s1", face: 2, score: 0.25)])
    let faces = try await store.read(Face.self).all()
    #expect(
      Set(faces.map(\.dataVersion)) == [
        [
          "default": HashAlgorithm.md5.hash(
            "default|1|video/audio|9f|video/frames|abc123|video/crop/frames|6e817e14bf4d03a2b931a2d354a5f2fd")
        ]
      ])
    #expect(faces.count == 2)
  }

  @Test(arguments: [
    (HashAlgorithm.sha256, "48868a36b9e81025"), (.md5, "6e817e14bf4d03a2"), (.xxhash64, "2758925436752429"),
    (.xxhash32, "4152827448"),
  ])
  func hashesAreCutToTheConfiguredLength(algorithm: HashAlgorithm, expected: String) async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store(.test(length: 16), algorithm)
    try await store.write([Video.sample(1)]) { _ in ["frames": "abc123", "audio": "9f"] }
    try await store.write([Crop(sampleId: "s1", width: 4)])
    #expect(try await store.read(Crop.self).first()?.dataVersion == ["frames": expected])
  }

  /// PostgreSQL has no row ids, so both rows are equally new.
  @Test func parentsThatAgreeAreOne() async throws {
    let database = try TestDatabase(.postgresql)
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { _ in ["frames": "f", "audio": "a1"] }
    try await store.write([Video.sample(1)]) { _ in ["frames": "f", "audio": "a2"] }
    // The crop is computed from the frames alone.
    #expect(try await store.write([Crop(sampleId: "s1", width: 4)]) == 1)
    let error = await failure { try await store.write([Face(sampleId: "s1", face: 1, score: 1)]) }
    #expect(
      error?.message
        == "row 1 of `faces`, `sample_id` `s1`, `face` `1`: its parent `video` with `sample_id` `s1` has several rows,"
        + " and their data versions differ")
    #expect(error?.hints.first?.description.contains(#"`@Feature("video", order: "COLUMN")`"#) == true)
  }

  @Test(arguments: Engine.allCases)
  func aRowWithoutItsParentIsRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { $0.given }
    let error = await failure {
      try await store.write([Crop(sampleId: "s1", width: 4), Crop(sampleId: "s2", width: 4)])
    }
    #expect(
      error?.message
        == "row 2 of `video/crop`, `sample_id` `s2`: its parent `video` with `sample_id` `s2` has no row of its current"
        + " version `video-1`")
    #expect(try database.rows("SELECT count(*) FROM video__crop") == ["0"])
  }

  @Test func onlyTheParentsCurrentVersionCounts() async throws {
    let database = try TestDatabase(.sqlite)
    try await database.store().write([Video.sample(1)]) { $0.given }
    try database.record("snapshot-2", at: "2026-11-23 10:00:00")
    let store = try await database.store(.test(snapshot: "snapshot-2", videoVersion: "video-2"))
    let error = await failure { try await store.write([Crop(sampleId: "s1", width: 4)]) }
    #expect(error?.message.contains("has no row of its current version `video-2`") == true)
  }

  @Test func parentsHashedByAnotherAlgorithmAreRefused() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    let sha256 = HashAlgorithm.sha256.hash("x")
    try database.run(
      """
      INSERT INTO video VALUES ('{"frames": "\(sha256)", "audio": "a"}', 'video-1', 's', 's', 's1', 'p', 1, NULL)
      """)
    let error = await failure { try await store.write([Crop(sampleId: "s1", width: 4)]) }
    #expect(error?.message.contains("was hashed by another algorithm than `md5`: field `frames` is") == true)
    let given = await failure { try await store.write([Video.sample(2)]) { _ in ["frames": sha256, "audio": "a"] } }
    #expect(given?.message.contains("field `frames`") == true)
    // What a program gives may be a number; what a store computed by MD5 is none.
    try await store.write([Video.sample(3)]) { _ in ["frames": "1763800000", "audio": "42"] }
    #expect(try await store.write([Crop(sampleId: "s3", width: 1)]) == 1)
    try database.run(
      """
      INSERT INTO video__crop VALUES ('{"frames": "4152827448"}', 'crop-1', 's', 's', 's2', 1);
      INSERT INTO video VALUES ('{"frames": "f", "audio": "a"}', 'video-1', 's', 's', 's2', 'p', 1, NULL)
      """)
    let numbers = await failure { try await store.write([Face(sampleId: "s2", face: 1, score: 1)]) }
    #expect(numbers?.message.contains("field `frames` is `4152827448`") == true)
  }

  @Test func aParentWithoutTheFieldIsNamed() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    try database.run(
      """
      INSERT INTO video VALUES ('{"audio": "a"}', 'video-1', 's', 's', 's1', 'p', 1, NULL);
      INSERT INTO video VALUES ('[1]', 'video-1', 's', 's', 's2', 'p', 1, NULL)
      """)
    let error = await failure { try await store.write([Crop(sampleId: "s1", width: 4)]) }
    #expect(error?.message.hasSuffix("the row of its parent `video` has no data version of the field `frames`") == true)
    let broken = await failure { try await store.write([Crop(sampleId: "s2", width: 4)]) }
    #expect(broken?.message.contains("`data_version` is not a JSON object of texts: `[1]`") == true)
  }

  @Test(arguments: Engine.allCases)
  func everyFieldNeedsItsDataVersion(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let missing = await failure {
      try await store.write([Video.sample(1), Video.sample(2)]) {
        $0.sampleId == "s2" ? ["frames": "x"] : $0.given
      }
    }
    #expect(missing?.message == "row 2 of `video`, `sample_id` `s2`, field `audio`: no data version is given")
    let unknown = await failure { try await store.write([Video.sample(1)]) { _ in ["frame": "x"] } }
    #expect(
      unknown?.message
        == "row 1 of `video`, `sample_id` `s1`, field `frame`: the feature has no such field; it has `frames`, `audio`")
    #expect(await failure { try await store.write([Video.sample(1)]) }?.code == .dataVersionsNeeded)
    let computed = await failure { try await store.write([Crop(sampleId: "s1", width: 1)]) { _ in ["frames": "x"] } }
    #expect(computed?.code == .dataVersionsComputed)
    #expect(try database.rows("SELECT count(*) FROM video") == ["0"])
  }

  @Test(arguments: Engine.allCases)
  func twoRowsWithOneIDAreRefused(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let error = await failure {
      try await store.write((1...2500).map { Video.sample($0) } + [Video.sample(7)]) { $0.given }
    }
    #expect(error?.message == "row 2501 of `video`, `sample_id` `s7`: row 7 of the same write has the same ID")
    #expect(try database.rows("SELECT count(*) FROM video") == ["0"])
    // Different scalars are different samples, although Swift's `String` compares them as equal.
    let composed = Video(sampleId: "\u{e9}", path: "p", durationSeconds: 1)
    let decomposed = Video(sampleId: "e\u{301}", path: "p", durationSeconds: 1)
    #expect(try await store.write([composed, decomposed]) { $0.given } == 2)
  }

  @Test func anEmptyIDIsRefused() async throws {
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    let error = await failure {
      try await store.write([Video(sampleId: "", path: "p", durationSeconds: 1)]) { $0.given }
    }
    #expect(error?.message == "row 1 of `video`, column `sample_id`: an ID column is empty")
  }

  @Test(arguments: Engine.allCases)
  func aRowThatTheDatabaseRefusesIsNamed(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    var rows = (1...1500).map { Video.sample($0) }
    rows[1200].durationSeconds = -1
    let error = await failure { try await store.write(rows) { $0.given } }
    #expect(error?.message == "row 1201 of `video`, `sample_id` `s1201`: the database refused it")
    #expect(error?.payload.row == 1201)
    #expect(error?.payload.feature == "video")
    #expect(try database.rows("SELECT count(*) FROM video") == ["0"])
    #expect(try await store.write([Video.sample(1)]) { $0.given } == 1)
  }

  @Test func whatTheProgramThrowsComesThrough() async throws {
    struct Unreadable: Error {}
    let database = try TestDatabase(.sqlite)
    let store = try await database.store()
    await #expect(throws: Unreadable.self) {
      try await store.write((1...2000).map { Video.sample($0) }) { video in
        if video.sampleId == "s1500" { throw Unreadable() }
        return video.given
      }
    }
    #expect(try database.rows("SELECT count(*) FROM video") == ["0"])
  }
}
