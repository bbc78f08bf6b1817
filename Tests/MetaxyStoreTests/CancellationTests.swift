import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Every form of a read, stopped while the database works.
@Suite(.timed, .oneAfterAnother) struct CancellationTests {
  private static let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv").path

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
    (
      "joined select",
      {
        _ = try await $0.read(Crop.self).joined(with: Video.self).select(Crop.Columns.width, Video.Columns.path).all()
      }
    ),
    (
      "joined aggregate",
      {
        _ = try await $0.read(Crop.self).joined(with: Video.self).aggregate(.max(Video.Columns.path))
      }
    ),
    ("update", { _ = try await $0.resolveUpdate(Crop.self).all() }),
    ("update of samples", { _ = try await $0.resolveUpdate(samples: [Video.sample(1)]) { $0.given } }),
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
    try database.slowDown("video")
    for (name, read) in Self.reads {
      let task = Task { try await read(store) }
      try await database.waitUntilItWorks(on: name)
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

  private static let changes: [(name: String, run: Read)] = [
    ("delete", { try await $0.read(Video.self).where(Video.Columns.sampleId == "s2").delete() }),
    (
      "delete of samples",
      { store in
        let update = try await store.resolveUpdate(samples: [Video.sample(1)]) { $0.given }
        try await store.delete(update.orphaned)
      }
    ),
    ("import", { try await $0.import(Crop.self, from: Self.file) }),
    ("write", { try await $0.write([Crop(sampleId: "s1", width: 2)]) }),
    ("replace", { try await $0.write([Video.sample(1)], .replacing) { $0.given } }),
  ]

  @Test(arguments: Engine.allCases)
  func everyChangeIsStopped(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    try await store.write([Video.sample(1), Video.sample(2)]) { $0.given }
    try await store.write([Crop(sampleId: "s1", width: 1)])
    try await store.export(Crop.self, to: Self.file, overwriting: true)
    try database.run("DELETE FROM video__crop")
    try database.slowDown("DELETE", on: "video")
    try database.slowDown("INSERT", on: "video__crop")
    let counts = "SELECT (SELECT count(*) FROM video), (SELECT count(*) FROM video__crop)"
    for (name, change) in Self.changes {
      try await database.expectStopped(name, leaving: ["2|0"], of: counts) { try await change(store) }
    }
    for table in ["video", "video__crop"] { try database.endSlowness(on: table) }
    for (_, change) in Self.changes { try await change(store) }
    #expect(try database.rows(counts) == ["1|2"])
    try FileManager.default.removeItem(atPath: Self.file)
  }

  private static let softDeletions: [(name: String, run: Read)] = [
    ("delete softly", { try await $0.read(Base.self).delete(.soft) }),
    (
      "delete samples softly",
      { store in
        let update = try await store.resolveUpdate(samples: [Base(id: "s3")]) { _ in ["x": "h"] }
        try await store.delete(update.orphaned, .soft)
      }
    ),
  ]

  @Test(arguments: Engine.allCases)
  func aSoftDeletionIsStopped(engine: Engine) async throws {
    let database = try RecordedDatabase(engine, ["a": ["id"]])
    let store = try await database.store([Recorded.feature("a", Base.self, fields: [Recorded.field("x")])], nil)
    try await store.write([Base(id: "s1"), Base(id: "s2")]) { _ in ["x": "h"] }
    let counts = "SELECT count(*), count(metaxy_deleted_at) FROM a"
    // The mark of a deletion is a row.
    try database.slowDown("INSERT", on: "a")
    for (name, delete) in Self.softDeletions {
      try await database.expectStopped(name, leaving: ["2|0"], of: counts) { try await delete(store) }
    }
    try database.endSlowness(on: "a")
    try await Self.softDeletions[0].run(store)
    #expect(try database.rows(counts) == ["4|2"])
  }

  /// A status reads tables only, and no view.
  @Test(arguments: Engine.allCases)
  func aStatusIsStopped(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let store = try await database.store()
    let holder: RunningProcess?
    switch engine {
    case .sqlite:
      holder = nil
      // The version of each row takes milliseconds, and all of them minutes. An insertion would compute it, too.
      try database.run(
        """
        DROP TABLE video;
        CREATE TABLE video (sample_id TEXT);
        INSERT INTO video WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000) SELECT 's' FROM n;
        ALTER TABLE video ADD COLUMN
          feature_version TEXT AS (substr(hex(zeroblob(5000000 + length(sample_id))), 1, 1)) VIRTUAL
        """)
    case .postgresql:
      holder = try PostgreSQLCluster.shared().session(
        "BEGIN; LOCK TABLE video; SELECT pg_sleep(3600)", at: database.url)
      try await database.waitUntilItWorks(on: "the lock")
    }
    let task = Task { try await store.status() }
    switch engine {
    case .sqlite: try await database.waitUntilItWorks(on: "the status")
    case .postgresql:
      try await waitUntil("the status waits") { () async throws -> Bool in
        try database.rows(
          "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") != []
      }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    if engine == .sqlite { try database.run("BEGIN EXCLUSIVE; ROLLBACK") }
    try holder?.send(SIGTERM)
  }
}

extension TestDatabase {
  /// Gives a table's rows a view in its place, which never ends.
  fileprivate func slowDown(_ table: String) throws {
    let endless =
      engine == .sqlite
      ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
      : "SELECT pg_sleep(3600)"
    try run(
      "ALTER TABLE \(table) RENAME TO kept; CREATE VIEW \(table) AS SELECT kept.* FROM kept, (\(endless)) AS slow")
  }
}

/// A database whose changes can be made slow.
private protocol SlowedDatabase: Sendable {
  var engine: Engine { get }
  func rows(_ sql: String) throws -> [String]
}

extension TestDatabase: SlowedDatabase {}
extension RecordedDatabase: SlowedDatabase {}

extension SlowedDatabase {
  /// Makes changes of one kind to a table never end.
  fileprivate func slowDown(_ event: String, on table: String) throws {
    switch engine {
    case .sqlite:
      _ = try rows(
        """
        CREATE VIEW endless_\(table) AS
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n;
        CREATE TRIGGER slow_\(table) BEFORE \(event) ON \(table) BEGIN SELECT c FROM endless_\(table); END
        """)
    case .postgresql:
      _ = try rows(
        """
        CREATE FUNCTION slow_\(table)() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(3600); RETURN coalesce(NEW, OLD); END $$;
        CREATE TRIGGER slow BEFORE \(event) ON \(table) FOR EACH ROW EXECUTE FUNCTION slow_\(table)()
        """)
    }
  }

  fileprivate func endSlowness(on table: String) throws {
    _ = try rows(engine == .sqlite ? "DROP TRIGGER slow_\(table)" : "DROP FUNCTION slow_\(table) CASCADE")
  }

  /// Expects that a change which works is stopped, and leaves the rows of a query and no lock.
  fileprivate func expectStopped(
    _ name: String, leaving rows: [String], of query: String, _ change: @escaping @Sendable () async throws -> Void
  ) async throws {
    let task = Task { try await change() }
    try await waitUntilItWorks(on: name)
    task.cancel()
    await #expect(throws: CancellationError.self, "\(name)") { try await task.value }
    #expect(try self.rows(query) == rows)
    if engine == .sqlite { _ = try self.rows("BEGIN EXCLUSIVE; ROLLBACK") }
  }

  fileprivate func waitUntilItWorks(on name: String) async throws {
    try await waitUntil("\(name) runs") { () async throws -> Bool in
      switch engine {
      // It keeps the file from being locked.
      case .sqlite: (try? rows("BEGIN EXCLUSIVE; ROLLBACK")) == nil
      case .postgresql:
        try rows(
          "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()") != []
      }
    }
  }
}
