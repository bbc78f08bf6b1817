import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Which samples are new, changed and orphaned; the sets are computed by hand.
@Suite(.timed, .oneAfterAnother) struct UpdateTests {
  /// The samples of an update, by their ID columns and changes: `s1 new`.
  private func found<Root>(_ samples: [UpdatedSample<Root>]) -> [String] {
    samples.map { "\($0.id) \($0.change)".replacing("`", with: "") }.sorted()
  }

  private func write(_ videos: [(Int, frames: String)], _ store: MetadataStore) async throws {
    let frames = Dictionary(uniqueKeysWithValues: videos.map { ("s\($0.0)", $0.frames) })
    try await store.write(videos.map { Video.sample($0.0) }, .replacing) {
      ["frames": frames[$0.sampleId] ?? "", "audio": "a"]
    }
  }

  @Test(arguments: Engine.allCases)
  func aDerivedFeatureFollowsItsParent(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    #expect(try await store.resolveUpdate(Crop.self).all() == [])
    try await write([(1, "f1"), (2, "f2"), (3, "f3"), (4, "f4")], store)
    let first = try await store.resolveUpdate(Crop.self).all()
    #expect(found(first) == (1...4).map { "sample_id s\($0) new" })
    // frames|2|video/frames|f1, as the reference has it for abc123
    let hash = HashAlgorithm.md5.hash("frames|2|video/frames|f1")
    let one = try #require(first.first { $0.id.description == "`sample_id` `s1`" })
    #expect(one.dataVersion == ["frames": hash])
    #expect(try one.id.value(of: FeatureColumn(\Crop.sampleId, "sample_id")) == "s1")
    #expect(throws: MetaxyError.self) { try one.id.value(of: Crop.Columns.width) }

    try await store.write((1...4).map { Crop(sampleId: "s\($0)", width: 1) })
    #expect(
      try database.rows("SELECT data_version FROM video__crop WHERE sample_id = 's1'") == [#"{"frames": "\#(hash)"}"#])
    #expect(try await store.resolveUpdate(Crop.self).all() == [])
    // s1 changes in a field that a crop does not depend on, s2 in the other one; s3 leaves, s5 comes.
    try await store.write([Video.sample(1)], .replacing) { _ in ["frames": "f1", "audio": "b"] }
    try await write([(2, "g2"), (5, "f5")], store)
    try await store.read(Video.self).where(Video.Columns.sampleId == "s3").delete()
    let second = try await store.resolveUpdate(Crop.self).all()
    #expect(found(second) == ["sample_id s2 changed", "sample_id s3 orphaned", "sample_id s5 new"])
    #expect(second.first { $0.change == .orphaned }?.dataVersion == [:])
    // What it finds can be written and deleted, and is up to date then.
    let rows = second.filter { $0.change != .orphaned }.compactMap { sample in
      (try? sample.id.value(of: FeatureColumn(\Crop.sampleId, "sample_id"))).map { Crop(sampleId: $0, width: 2) }
    }
    #expect(try await store.write(rows, .replacing) == 2)
    #expect(try await store.delete(second.filter { $0.change == .orphaned }.map(\.id)) == 1)
    #expect(try await store.resolveUpdate(Crop.self).all() == [])
    #expect(
      try database.rows("SELECT sample_id, width FROM video__crop ORDER BY sample_id")
        == ["s1|1", "s2|2", "s4|1", "s5|2"])
  }

  @Test(arguments: Engine.allCases)
  func theNewestRowsAreCompared(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    func write(_ sample: String, at time: Double, _ version: String) async throws {
      let clip = Clip(sampleId: sample, ingestedAt: Date(timeIntervalSince1970: time), path: version)
      try await store.write([clip]) { ["default": $0.path] }
    }
    for sample in ["a", "b", "c"] { try await write(sample, at: 10, "1") }
    try await store.write(["a", "b", "c"].map { ClipText(sampleId: $0, writtenAt: 1, text: "") })
    try await write("a", at: 20, "2")
    try await write("b", at: 5, "0")
    #expect(try await found(store.resolveUpdate(ClipText.self).all()) == ["sample_id a changed"])
    // Back to the version that the newest text was computed from, and from there to an older text.
    try await write("a", at: 30, "1")
    #expect(try await store.resolveUpdate(ClipText.self).all() == [])
    try database.run(
      """
      INSERT INTO clip__text SELECT '{"default": "other"}', feature_version, NULL, NULL, sample_id, 2, ''
      FROM clip__text WHERE sample_id = 'c'
      """)
    #expect(try await found(store.resolveUpdate(ClipText.self).all()) == ["sample_id c changed"])
    try database.run("UPDATE clip__text SET data_version = NULL WHERE sample_id = 'c' AND written_at = 2")
    #expect(try await found(store.resolveUpdate(ClipText.self).all()) == ["sample_id c changed"])
    // Another version of the feature: all of its samples are new, and none is orphaned.
    try database.run("UPDATE clip__text SET feature_version = 'text-0'; DELETE FROM clip WHERE sample_id = 'b'")
    #expect(try await found(store.resolveUpdate(ClipText.self).all()) == ["sample_id a new", "sample_id c new"])
    // Rows that are equally new.
    try await write("a", at: 30, "3")
    #expect(await failure { try await store.resolveUpdate(ClipText.self).all() }?.code == .newestRowAmbiguous)
  }

  /// A face has two parents, and its sample of a video has several rows.
  @Test(arguments: Engine.allCases)
  func severalRowsOfASampleAreOne(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write([(1, "f1"), (2, "f2"), (3, "f3"), (4, "f4")], store)
    #expect(try await store.resolveUpdate(Face.self).all() == [])
    try await store.write((1...3).map { Crop(sampleId: "s\($0)", width: 1) })
    #expect(try await found(store.resolveUpdate(Face.self).all()) == (1...3).map { "sample_id s\($0) new" })
    try await store.write(
      [1, 2].flatMap { sample in (1...3).map { Face(sampleId: "s\(sample)", face: $0, score: 1) } })
    #expect(try await found(store.resolveUpdate(Face.self).all()) == ["sample_id s3 new"])
    // One face of three, whose text has another form but the same content in the others.
    try database.run(
      """
      UPDATE faces SET data_version = '{"default": "other"}' WHERE sample_id = 's1' AND face = 2;
      UPDATE faces SET data_version = CAST(replace(CAST(data_version AS TEXT), ': ', ':') AS \(engine == .sqlite ? "TEXT" : "JSON"))
        WHERE sample_id = 's2' AND face = 1
      """)
    #expect(try await found(store.resolveUpdate(Face.self).all()) == ["sample_id s1 changed", "sample_id s3 new"])
    // One of two parents leaves.
    try await store.read(Crop.self).where(FeatureColumn(\Crop.sampleId, "sample_id") == "s2").delete()
    let update = try await store.resolveUpdate(Face.self).all()
    #expect(found(update) == ["sample_id s1 changed", "sample_id s2 orphaned", "sample_id s3 new"])
    #expect(try await store.delete(update.filter { $0.change == .orphaned }.map(\.id)) == 3)
    #expect(try database.rows("SELECT DISTINCT sample_id FROM faces") == ["s1"])
  }

  @Test(arguments: Engine.allCases)
  func aRootIsComparedWithGivenSamples(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await write([(1, "f1"), (2, "f2"), (3, "f3")], store)
    try database.run("UPDATE video SET feature_version = 'video-0' WHERE sample_id = 's3'")
    let samples = [Video.sample(4), Video.sample(2), Video.sample(3)]
    let update = try await store.resolveUpdate(samples: samples) { video in
      ["frames": video.sampleId == "s2" ? "g2" : "f3", "audio": "a"]
    }
    #expect(update.new.map(\.sampleId) == ["s4", "s3"])
    #expect(update.changed.map(\.sampleId) == ["s2"])
    #expect(update.orphaned.map(\.description) == ["`sample_id` `s1`"])
    #expect(try database.rows("SELECT count(*) FROM video") == ["3"])
    let unchanged = try await store.resolveUpdate(samples: [Video.sample(1), Video.sample(2)]) { video in
      ["audio": "a", "frames": video.sampleId == "s1" ? "f1" : "f2"]
    }
    #expect(unchanged.new == [] && unchanged.changed == [] && unchanged.orphaned == [])
    let twice = await failure {
      try await store.resolveUpdate(samples: [Video.sample(1), Video.sample(1)]) { $0.given }
    }
    #expect(twice?.code == .rowRefused)
    #expect(await failure { try await store.resolveUpdate(Video.self).all() }?.code == .dataVersionsNeeded)
    let derived = await failure {
      try await store.resolveUpdate(samples: [Crop(sampleId: "a", width: 1)]) { _ in [:] }
    }
    #expect(derived?.code == .dataVersionsComputed)
  }

  /// A pipeline of two levels: one percent of the samples changes, one percent leaves.
  @Test(arguments: Engine.allCases)
  func manySamplesAreStreamed(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let count = TestSize.count(5000, long: 100_000)
    let videos = (0..<count).map { Video.sample($0) }
    try await store.write(videos) { $0.given }
    try await store.write(videos.map { Crop(sampleId: $0.sampleId, width: 1) })
    try await store.write(videos.map { Face(sampleId: $0.sampleId, face: 1, score: 1) })
    let changed = stride(from: 0, to: count, by: 100).map { "s\($0)" }
    let gone = stride(from: 50, to: count, by: 100).map { "s\($0)" }
    try await store.write(changed.map { Video(sampleId: $0, path: "", durationSeconds: 1) }, .replacing) {
      ["frames": "new-\($0.sampleId)", "audio": "a-\($0.sampleId)"]
    }
    for sample in gone { try await store.read(Video.self).where(Video.Columns.sampleId == sample).delete() }
    for _ in 0..<2 {
      var changes: [SampleChange: Set<String>] = [:]
      for try await sample in store.resolveUpdate(Crop.self).samples {
        let id = try sample.id.value(of: FeatureColumn(\Crop.sampleId, "sample_id"))
        changes[sample.change, default: []].insert(id)
      }
      #expect(changes == [.changed: Set(changed), .orphaned: Set(gone)])
    }
    try await store.write(changed.map { Crop(sampleId: $0, width: 2) }, .replacing)
    let faces = try await store.resolveUpdate(Face.self).all()
    #expect(
      Set(faces.filter { $0.change == .changed }.map(\.id.description)) == Set(changed.map { "`sample_id` `\($0)`" }))
    #expect(
      Set(faces.filter { $0.change == .orphaned }.map(\.id.description)) == Set(gone.map { "`sample_id` `\($0)`" }))
  }

  @Test(arguments: Engine.allCases)
  func aParentWithoutAUsableVersionIsNamed(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try database.run(
      """
      INSERT INTO video VALUES ('{"audio": "a"}', 'video-1', 's', 's', 's1', 'p', 1, NULL)
      """)
    let missing = await failure { try await store.resolveUpdate(Crop.self).all() }
    #expect(missing?.code == .unreadableRow && missing?.payload.feature == "video")
    #expect(
      missing?.message.contains("`sample_id` `s1`, column `data_version`: it has no data version of the field") == true)
    try database.run("UPDATE video SET data_version = NULL")
    #expect(await failure { try await store.resolveUpdate(Crop.self).all() }?.message.contains("NULL is not") == true)
    let hash = HashAlgorithm.sha256.hash("x")
    try database.run("UPDATE video SET data_version = '{\"frames\": \"\(hash)\"}'")
    #expect(
      await failure { try await store.resolveUpdate(Crop.self).all() }?.message.contains("another algorithm") == true)
  }
}
