import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Every form of a read, stopped while the database works.
@Suite(.timed, .oneAfterAnother) struct CancellationTests {
  private typealias Read = @Sendable (MetadataStore) async throws -> Void

  private static let reads: [(name: String, run: Read)] = [
    ("all", { _ = try await $0.read(Video.self).all() }),
    ("first", { _ = try await $0.read(Video.self).first() }),
    ("count", { _ = try await $0.read(Video.self).count() }),
    ("rows", { for try await _ in $0.read(Video.self).rows {} }),
    ("select", { _ = try await $0.read(Video.self).select(Video.Columns.path).distinct().all() }),
    ("select rows", { for try await _ in $0.read(Video.self).select(Video.Columns.path).rows {} }),
    ("aggregate", { _ = try await $0.read(Video.self).aggregate(.count, .max(Video.Columns.durationSeconds)) }),
    ("grouped", { _ = try await $0.read(Video.self).grouped(by: Video.Columns.path).aggregate(.count) }),
    ("joined", { _ = try await $0.read(Crop.self).joined(with: Video.self).all() }),
    ("joined count", { _ = try await $0.read(Crop.self).leftJoined(with: Video.self).count() }),
    ("joined rows", { for try await _ in $0.read(Crop.self).leftJoined(with: Video.self).rows {} }),
    ("query", { _ = try await $0.query("SELECT count(*) FROM \(Video.self)", columns: Int.self).all() }),
    ("query rows", { for try await _ in $0.query("SELECT path FROM \(Video.self)", columns: String.self).rows {} }),
  ]

  @Test(arguments: Engine.allCases)
  func everyReadIsStopped(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1)]) { $0.given }
    try await store.write([Crop(sampleId: "s1", width: 1)])
    // The tables are known before one of them is a view without an end.
    for (_, read) in Self.reads { try await read(store) }
    let endless =
      engine == .sqlite
      ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
      : "SELECT pg_sleep(3600)"
    try database.run(
      "ALTER TABLE video RENAME TO kept; CREATE VIEW video AS SELECT kept.* FROM kept, (\(endless)) AS slow")
    for (name, read) in Self.reads {
      let task = Task { try await read(store) }
      try await waitUntil("\(name) runs") { () async throws -> Bool in
        switch engine {
        // It keeps the file from being locked.
        case .sqlite: (try? database.run("BEGIN EXCLUSIVE; ROLLBACK")) == nil
        case .postgresql:
          try database.rows(
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()") != []
        }
      }
      task.cancel()
      await #expect(throws: CancellationError.self, "\(name)") { try await task.value }
      // The store continues, and nothing of the read is left: no lock, no statement, no transaction.
      #expect(try await store.read(Crop.self).count() == 1, "\(name)")
      switch engine {
      case .sqlite: try database.run("BEGIN EXCLUSIVE; ROLLBACK")
      case .postgresql:
        try await waitUntil("the server has ended \(name)") { () async throws -> Bool in
          try database.rows(
            """
            SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type = 'client backend' AND state <> 'idle'
            """) == []
        }
      }
    }
    try database.run("DROP VIEW video; ALTER TABLE kept RENAME TO video")
    for (_, read) in Self.reads { try await read(store) }
  }
}
