import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Writes that skip and replace, deletions that are marks, and rows that are equally new, since Metaxy 0.1.
@Suite(.timed, .oneAfterAnother) struct RecordedWriteTests {
  private static let base = Recorded.feature("a", Base.self, fields: [Recorded.field("x")])
  private static let derived = Recorded.feature(
    "b", Derived.self, fields: [Recorded.field("x", [RegisteredParent("a", fields: ["x"])])],
    dependencies: [RegisteredDependency("a", on: ["id"])])
  private static let id = FeatureColumn(\Base.id, "id")

  private func opened(_ engine: Engine) async throws -> (RecordedDatabase, MetadataStore) {
    let database = try RecordedDatabase(engine, ["a": ["id"], "b": ["id"]])
    return (database, try await database.store([Self.base, Self.derived]))
  }

  private func write(_ hashes: [String: String], _ store: MetadataStore, _ mode: WriteMode = .appending) async throws
    -> Int
  {
    try await store.write(hashes.keys.sorted().map { Base(id: $0) }, mode) { ["x": hashes[$0.id] ?? ""] }
  }

  @Test(arguments: Engine.allCases)
  func unchangedRowsAreSkippedAndOthersReplaced(engine: Engine) async throws {
    let (database, store) = try await opened(engine)
    #expect(try await write(["1": "p", "2": "p"], store, .unlessUnchanged) == 2)
    #expect(try await write(["1": "p", "2": "q", "3": "p"], store, .unlessUnchanged) == 2)
    #expect(try database.rows("SELECT id, count(*) FROM a GROUP BY id ORDER BY id") == ["1|1", "2|2", "3|1"])
    // The same provenance with another data version, and the other way round, are changes.
    try database.run("UPDATE a SET metaxy_data_version_by_field = '{\"x\": \"other\"}' WHERE id = '1'")
    try database.run("UPDATE a SET metaxy_provenance = NULL WHERE id = '3'")
    #expect(try await write(["1": "p", "2": "q", "3": "p"], store, .unlessUnchanged) == 2)
    // A deleted sample has no row that a write could repeat.
    #expect(try await store.read(Base.self).where(Self.id == "1").delete(.soft) == 1)
    #expect(try await write(["1": "p", "2": "q", "3": "p"], store, .unlessUnchanged) == 1)
    #expect(try await write(["1": "r", "2": "r"], store, .replacing) == 2)
    #expect(
      try database.rows("SELECT id, count(*), count(metaxy_deleted_at) FROM a GROUP BY id ORDER BY id")
        == ["1|1|0", "2|1|0", "3|2|0"])
    // Another version of the feature is not touched.
    try database.run("UPDATE a SET metaxy_feature_version = 'a-0' WHERE id = '2'")
    #expect(try await write(["2": "r"], store, .replacing) == 1)
    #expect(try database.rows("SELECT count(*) FROM a WHERE id = '2'") == ["2"])
  }

  @Test(arguments: Engine.allCases)
  func aMarkKeepsTheRow(engine: Engine) async throws {
    let (database, store) = try await opened(engine)
    _ = try await write(["1": "p", "2": "p"], store)
    _ = try await write(["1": "q"], store)
    try await store.write([Derived(id: "1"), Derived(id: "2")], materializationID: "run")
    #expect(try await store.read(Base.self).delete(.soft) == 2)
    #expect(try await store.read(Base.self).count() == 0)
    #expect(try await store.read(Base.self, history: true).count() == 3)
    // The latest rows, copied with all but the time of deletion.
    #expect(
      try database.rows(
        """
        SELECT m.id, count(*) FROM a AS m JOIN a AS r ON r.id = m.id AND r.metaxy_deleted_at IS NULL
          AND r.metaxy_created_at = m.metaxy_created_at AND r.metaxy_updated_at = m.metaxy_updated_at
          AND r.metaxy_provenance = m.metaxy_provenance AND r.metaxy_feature_version = m.metaxy_feature_version
        WHERE m.metaxy_deleted_at > m.metaxy_updated_at GROUP BY m.id ORDER BY m.id
        """) == ["1|1", "2|1"])
    #expect(try await store.read(Base.self).delete(.soft) == 0)
    let update = try await store.resolveUpdate(Derived.self).all()
    #expect(update.map(\.change) == [.orphaned, .orphaned])
    #expect(try await store.delete(update.map(\.id), .soft) == 2)
    #expect(try await store.resolveUpdate(Derived.self).all() == [])
    #expect(
      try database.rows("SELECT count(*), count(metaxy_deleted_at), count(metaxy_materialization_id) FROM b") == [
        "4|2|2"
      ])
    let status = try await store.status().flatMap(\.versions)
    #expect(status.map(\.samples) == [0, 0] && status.map(\.rows) == [5, 4] && status.map(\.deletions) == [2, 2])
    let latest = try #require(status.first?.latestWrite)
    #expect(
      try database.rows(
        engine == .sqlite
          ? "SELECT max(coalesce(metaxy_deleted_at, metaxy_updated_at)) FROM a"
          : """
          SELECT to_char(max(coalesce(metaxy_deleted_at, metaxy_updated_at)) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')
          FROM a
          """) == [latest])
    // A real deletion takes the marks along.
    #expect(try await store.read(Base.self).where(Self.id == "1").delete() == 3)
    #expect(try database.rows("SELECT id FROM a") == ["2", "2"])
    #expect(try await store.read(Base.self, history: true).delete() == 1)
    #expect(try database.rows("SELECT metaxy_deleted_at IS NULL FROM a") == [engine == .sqlite ? "0" : "f"])
  }

  @Test(arguments: Engine.allCases)
  func whatAMarkWouldNotHideIsRefused(engine: Engine) async throws {
    let (database, store) = try await opened(engine)
    _ = try await write(["1": "p", "2": "p"], store)
    try database.run("UPDATE a SET metaxy_updated_at = '2999-01-01 00:00:00' WHERE id = '2'")
    let later = await failure { try await store.read(Base.self).delete(.soft) }
    #expect(later?.code == .rowRefused && later?.payload.column == "metaxy_updated_at")
    #expect(later?.message.contains("a row of `a`, `id` `2`, column `metaxy_updated_at`: `2999-01-01 00:00:00") == true)
    let history = await failure { try await store.read(Base.self, history: true).delete(.soft) }
    #expect(history?.code == .conditionRefused)
    #expect(try database.rows("SELECT count(*) FROM a") == ["2"])
    // A key that the copy repeats.
    try database.run("CREATE UNIQUE INDEX one ON a (id, metaxy_updated_at)")
    let key = await failure { try await store.read(Base.self).where(Self.id == "1").delete(.soft) }
    #expect(key?.code == .rowRefused && key?.payload.feature == "a" && key?.cause != nil)
    #expect(try database.rows("SELECT count(*) FROM a") == ["2"])
  }

  @Test(arguments: Engine.allCases)
  func rowsOfOneTimeAreAnError(engine: Engine) async throws {
    let (database, store) = try await opened(engine)
    _ = try await write(["1": "p", "2": "p"], store)
    try await store.write([Derived(id: "1"), Derived(id: "2")])
    try database.run("INSERT INTO a SELECT * FROM a WHERE id = '2'")
    for error in [
      await failure { try await store.read(Base.self).all() },
      await failure { try await store.read(Base.self).count() },
      await failure { try await store.read(Base.self).delete(.soft) },
      await failure { try await store.resolveUpdate(Derived.self).all() },
      await failure {
        try await store.resolveUpdate(samples: [Base(id: "1"), Base(id: "2")]) { _ in ["x": "p"] }
      },
    ] {
      #expect(error?.code == .newestRowAmbiguous && error?.payload.feature == "a")
      #expect(
        error?.message.contains("the sample `id` `2` has 2 newest rows of `a`: `metaxy_updated_at` is `2") == true,
        "\(error?.message ?? "")")
    }
    let child = await failure { try await store.write([Derived(id: "2")]) }
    #expect(child?.code == .rowRefused)
    #expect(child?.message.contains("its parent `a` with `id` `2` has 2 newest rows") == true)
    // Other samples are not concerned, and a later row ends it.
    #expect(try await store.read(Base.self).where(Self.id == "1").count() == 1)
    #expect(try await store.read(Base.self, history: true).count() == 3)
    _ = try await write(["2": "p"], store)
    #expect(try await store.read(Base.self).count() == 2)
    #expect(try await store.resolveUpdate(Derived.self).all() == [])
  }
}
