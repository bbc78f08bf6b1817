import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows of a former version whose data is that of the current one.
@Suite(.timed, .oneAfterAnother) struct RebaseTests {
  /// The features of a version: of the parent, of the child, and the code version of the child's field.
  private func features(_ version: String, code: String = "1", fields: [FieldKey] = ["x"]) -> [RegisteredFeature] {
    [
      Recorded.feature("a", Base.self, fields: [Recorded.field("x"), Recorded.field("y")], version: version),
      Recorded.feature(
        "b", Derived.self,
        fields: fields.map { Recorded.field($0, [RegisteredParent("a", fields: ["x"])], code: code) },
        dependencies: [RegisteredDependency("a", on: ["id"])], version: version),
      Recorded.feature(
        "c", Last.self, fields: [Recorded.field("z", [RegisteredParent("b", fields: ["x"])])],
        dependencies: [RegisteredDependency("b", on: ["id"])], version: "1"),
    ]
  }

  private func write(_ ids: [String], x: String, _ store: MetadataStore) async throws {
    try await store.write(ids.map { Base(id: $0) }) { _ in ["x": x, "y": "y"] }
  }

  private func all(_ database: RecordedDatabase, _ version: String) throws -> [String] {
    try database.rows("SELECT * FROM b WHERE metaxy_feature_version = '\(version)' ORDER BY id, metaxy_updated_at")
  }

  @Test(arguments: Engine.allCases)
  func rowsOfEqualHashesAreTakenOver(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "b": ["id"], "c": ["id"]])
    let first = try await database.store(features("1"))
    try await write(["1", "2", "gone", "deleted"], x: "p", first)
    try await first.write(["1", "2", "gone", "deleted"].map { Derived(id: $0) }, materializationID: "first")
    try await first.write([Derived(id: "1")]) { _ in ["x": "given"] }
    try await first.read(Derived.self).where(.id("deleted")).delete(.soft)
    let former = try all(database, "b-1")

    let second = try await database.store(features("2"))
    try await write(["1", "2", "3", "deleted"], x: "p", second)
    try await second.write([Derived(id: "2")])
    let rebased = try await second.rebase(Derived.self, from: "b-1", materializationID: "rebase")
    #expect(rebased.rebased == 1 && rebased.toCompute == 2)
    #expect(try all(database, "b-1") == former)
    // The newest row of its sample, with a data version that the program gave.
    let columns = """
      metaxy_provenance_by_field, metaxy_provenance, metaxy_data_version_by_field, metaxy_data_version, metaxy_created_at
      """
    #expect(
      try database.rows("SELECT \(columns) FROM b WHERE id = '1' AND metaxy_feature_version = 'b-2'")
        == database.rows(
          """
          SELECT \(columns) FROM b WHERE id = '1' AND metaxy_feature_version = 'b-1' ORDER BY metaxy_updated_at DESC LIMIT 1
          """))
    #expect(
      try database.rows(
        """
        SELECT id, metaxy_materialization_id, metaxy_project_version FROM b
        WHERE metaxy_feature_version = 'b-2' AND metaxy_updated_at > metaxy_created_at
        """) == ["1|rebase|p1"])
    #expect(
      try await second.resolveUpdate(Derived.self).all().map(\.id.description).sorted() == [
        "`id` `3`", "`id` `deleted`",
      ])
    let again = try await second.rebase(Derived.self, from: "b-1")
    #expect(again.rebased == 0 && again.toCompute == 2)
  }

  @Test(arguments: Engine.allCases)
  func rowsThatMustBeComputedAreNamed(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"], "b": ["id"], "c": ["id"]])
    let first = try await database.store(features("1"))
    try await write(["1", "2"], x: "p", first)
    try await first.write([Derived(id: "1"), Derived(id: "2")])
    try await first.write([Last(id: "1"), Last(id: "2")])
    func refused(_ store: MetadataStore, _ unchanged: Set<FieldKey> = []) async throws -> MetaxyError? {
      let error = await failure { try await store.rebase(Derived.self, from: "b-1", unchanged: unchanged) }
      #expect(try all(database, "b-2") == [])
      return error
    }
    // Another code version, another sample of the parent, another field.
    let code = try await database.store(features("2", code: "2"))
    try await write(["1", "2"], x: "p", code)
    let error = try await refused(code)
    #expect(error?.code == .rowsOutdated && error?.payload.feature == "b" && error?.payload.field == "x")
    #expect(error?.message.contains("` in version `b-1` is out of date: ") == true)
    #expect(error?.message.hasSuffix("it must be computed again for the field `x`") == true)
    let more = try await refused(database.store(features("2", fields: ["x", "w"])), ["x", "w"])
    #expect(more?.message.hasSuffix("for the field `w`") == true)
    #expect(try await refused(code, ["q"])?.message.contains("`b` has no field `q`; it has `x`") == true)
    try await write(["2"], x: "changed", code)
    let plain = try await database.store(features("2"))
    #expect(try await refused(plain)?.message.contains("with `id` `2` in version `b-1`") == true)
    // With consent: the provenance is that of now, the data version stays, and so does what is computed from it.
    #expect(try await code.rebase(Derived.self, from: "b-1", unchanged: ["x"]).rebased == 2)
    #expect(try await code.resolveUpdate(Derived.self).all() == [])
    #expect(try await code.resolveUpdate(Last.self).all() == [])
    #expect(
      try database.rows("SELECT count(DISTINCT metaxy_provenance) FROM b WHERE id = '1'") == ["2"])
    #expect(await failure { try await code.rebase(Base.self, from: "a-1") }?.code == .dataVersionsNeeded)
    #expect(await failure { try await code.rebase(Derived.self, from: "b-2") }?.code == .rowsOutdated)
  }

  @Test(arguments: Engine.allCases)
  func theFirstGenerationKeepsItsDataVersions(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let first = try await database.store()
    try await first.write((0..<600).map { Video.sample($0) }) { $0.given }
    try await first.write((0..<600).map { Crop(sampleId: "s\($0)", width: Int32($0)) })
    let second = try await database.store(.test(cropVersion: "crop-2"))
    let rebased = try await second.rebase(Crop.self, from: "crop-1")
    #expect(rebased.rebased == 600 && rebased.toCompute == 0)
    #expect(try await second.resolveUpdate(Crop.self).all() == [])
    let width = FeatureColumn(\Crop.width, "width")
    #expect(try await second.read(Crop.self).where(width == 599).first()?.sampleId == "s599")
    #expect(
      try database.rows(
        "SELECT feature_version, count(*), count(DISTINCT CAST(data_version AS TEXT)) FROM video__crop GROUP BY 1 ORDER BY 1"
      )
        == ["crop-1|600|600", "crop-2|600|600"])
    try await second.write([Video.sample(7)], .replacing) { _ in ["frames": "new", "audio": "a"] }
    let third = try await database.store(.test(cropVersion: "crop-3"))
    let error = await failure { try await third.rebase(Crop.self, from: "crop-1") }
    #expect(error?.code == .rowsOutdated && error?.payload.field == "frames")
    #expect(error?.message.contains("with `sample_id` `s7` in version `crop-1`") == true)
    let consent = await failure { try await third.rebase(Crop.self, from: "crop-1", unchanged: ["frames"]) }
    #expect(consent?.code == .unsupportedGeneration)
    #expect(try database.rows("SELECT count(*) FROM video__crop") == ["1200"])
  }

  @Test(arguments: Engine.allCases)
  func aCancelledRebaseLeavesNothing(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { $0.given }
    let (reached, signal) = AsyncStream.makeStream(of: Void.self)
    let later = try await database.store(.test(cropVersion: "crop-2"))
    #expect(try await later.resolveUpdate(Crop.self).all().count == 1)
    try database.run(
      """
      ALTER TABLE video RENAME TO kept;
      CREATE VIEW video AS SELECT kept.* FROM kept, (\(
        engine == .sqlite
          ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
          : "SELECT pg_sleep(3600)")) AS slow
      """)
    let task = Task {
      signal.finish()
      return try await later.rebase(Crop.self, from: "crop-1")
    }
    for await _ in reached {}
    if engine == .sqlite { try await waitUntil("rows are read") { () async throws -> Bool in try database.isWritten } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try database.rows("SELECT count(*) FROM video__crop") == ["0"])
  }
}
