import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows that leave, and writes that take effect together.
@Suite(.timed, .oneAfterAnother) struct DeletionTests {
  private static let noon = Date(timeIntervalSince1970: 1_795_348_800)

  private func clip(_ sample: String, hour: Double, _ path: String) -> Clip {
    Clip(sampleId: sample, ingestedAt: Self.noon.addingTimeInterval(hour * 3600), path: path)
  }

  /// Samples a and b with two rows each, c with one.
  private func filled(_ engine: Engine) async throws -> (TestDatabase, MetadataStore) {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    for clip in [
      clip("a", hour: 1, "a1"), clip("a", hour: 2, "a2"), clip("b", hour: 1, "b1"), clip("b", hour: 2, "b2"),
      clip("c", hour: 1, "c1"),
    ] {
      try await store.write([clip]) { ["default": $0.path] }
    }
    return (database, store)
  }

  private func paths(_ database: TestDatabase) throws -> [String] {
    try database.rows("SELECT path FROM clip ORDER BY path")
  }

  @Test(arguments: Engine.allCases)
  func aSampleLeavesWithItsHistory(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let clips = store.read(Clip.self)
    // A former row is not the newest one.
    #expect(try await clips.where(Clip.Columns.path == "a1").delete() == 0)
    #expect(try await clips.where(Clip.Columns.path == "' OR '1'='1").delete() == 0)
    #expect(try await clips.where(Clip.Columns.path == "a2").delete() == 2)
    #expect(try paths(database) == ["b1", "b2", "c1"])
    #expect(try await clips.where(Clip.Columns.sampleId == "c").delete() == 1)
    #expect(try await store.read(Clip.self, history: true).where(Clip.Columns.path == "b1").delete() == 1)
    #expect(try paths(database) == ["b2"])
    #expect(try await clips.delete() == 1)
    #expect(try paths(database) == [])
  }

  @Test(arguments: Engine.allCases)
  func aLimitChoosesSamples(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let clips = store.read(Clip.self)
    #expect(try await clips.order(by: Clip.Columns.path.descending).limit(1, offset: 1).delete() == 2)
    #expect(try paths(database) == ["a1", "a2", "c1"])
    let error = await failure { try await store.read(Clip.self, history: true).limit(1).delete() }
    #expect(error?.code == .conditionRefused)
    #expect(try paths(database) == ["a1", "a2", "c1"])
  }

  @Test(arguments: Engine.allCases)
  func otherVersionsStay(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    try database.run("UPDATE clip SET feature_version = 'clip-0' WHERE path IN ('a1', 'b2', 'c1')")
    let clips = store.read(Clip.self)
    #expect(try await clips.where(Clip.Columns.path == "a2").delete() == 1)
    #expect(try paths(database) == ["a1", "b1", "b2", "c1"])
    #expect(try await clips.version("clip-0").where(Clip.Columns.path == "b2").delete() == 1)
    #expect(try paths(database) == ["a1", "b1", "c1"])
    try database.run("UPDATE clip SET feature_version = NULL WHERE path = 'c1'")
    #expect(try await clips.version(.allVersions).where(Clip.Columns.path.isIn(["c1", "a1"])).delete() == 2)
    #expect(try paths(database) == ["b1"])
  }

  @Test(arguments: Engine.allCases)
  func whatIsAmbiguousOrForeignStays(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    try database.run("UPDATE clip SET ingested_at = NULL WHERE sample_id = 'b'")
    let tied = await failure { try await store.read(Clip.self).where(Clip.Columns.path == "a2").delete() }
    #expect(tied?.code == .newestRowAmbiguous)
    #expect(try paths(database).count == 5)
    // The way out.
    #expect(try await store.read(Clip.self, history: true).where(Clip.Columns.path == "b1").delete() == 1)
    #expect(try await store.read(Clip.self).where(Clip.Columns.path == "a2").delete() == 2)
    let foreign = try await database.store(.test(videoProject: "archive"))
    #expect(await failure { try await foreign.read(Video.self).delete() }?.code == .otherProject)
    try database.record("snapshot-2", at: "2026-11-23 10:00:00")
    #expect(await failure { try await store.read(Clip.self).delete() }?.code == .snapshotDiffers)
    #expect(try paths(database) == ["b2", "c1"])
  }

  @Test(arguments: Engine.allCases)
  func aTransactionIsOneChange(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let seen = try await store.transaction { transaction in
      try transaction.delete(transaction.read(Clip.self).where(Clip.Columns.sampleId == "a"))
      try transaction.write([clip("d", hour: 1, "d1")]) { ["default": $0.path] }
      try transaction.write([ClipText(sampleId: "d", writtenAt: 1, text: "d")])
      let clips = transaction.read(Clip.self).order(by: Clip.Columns.path.ascending)
      #expect(try transaction.count(clips) == 3)
      return try transaction.all(clips).map(\.path)
    }
    #expect(seen == ["b2", "c1", "d1"])
    #expect(try paths(database) == ["b1", "b2", "c1", "d1"])
    #expect(try database.rows("SELECT sample_id FROM clip__text") == ["d"])
  }

  @Test(arguments: Engine.allCases)
  func aTransactionThatFailsLeavesNothing(engine: Engine) async throws {
    struct Unwilling: Error {}
    let (database, store) = try await filled(engine)
    await #expect(throws: Unwilling.self) {
      try await store.transaction { transaction in
        try transaction.delete(transaction.read(Clip.self))
        throw Unwilling()
      }
    }
    #expect(try paths(database).count == 5)
    // Also if the program catches the error, and writes more.
    let caught = await failure {
      try await store.transaction { transaction in
        try transaction.write([clip("e", hour: 1, "e1")]) { ["default": $0.path] }
        _ = try? transaction.write([ClipText(sampleId: "none", writtenAt: 1, text: "")])
        _ = try? transaction.write([clip("f", hour: 1, "f1")]) { ["default": $0.path] }
      }
    }
    #expect(caught?.message.contains("its parent `clip` with `sample_id` `none` has no row") == true)
    #expect(try paths(database).count == 5)
    #expect(try await store.write([clip("g", hour: 1, "g1")]) { ["default": $0.path] } == 1)
  }

  @Test func aTransactionEndsWithItsClosure() async throws {
    final class Holder: @unchecked Sendable { var transaction: StoreTransaction? }
    let (database, store) = try await filled(.sqlite)
    let holder = Holder()
    try await store.transaction { holder.transaction = $0 }
    let error = await failure { try holder.transaction?.delete(store.read(Clip.self)) }
    #expect(error?.code == .transactionEnded)
    #expect(try paths(database).count == 5)
  }

  @Test(arguments: Engine.allCases)
  func aCancelledTransactionLeavesNothing(engine: Engine) async throws {
    let (database, store) = try await filled(engine)
    let (reached, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      try await store.transaction { transaction in
        try transaction.delete(transaction.read(Clip.self))
        for number in 0... {
          if number == 3 { signal.finish() }
          try transaction.write([clip("n\(number)", hour: 1, "n")]) { ["default": $0.path] }
        }
      }
    }
    for await _ in reached {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try paths(database).count == 5)
    #expect(try await store.read(Clip.self).count() == 3)
  }
}
