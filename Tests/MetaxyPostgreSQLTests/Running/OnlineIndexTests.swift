import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// What others can do with a table while `metaxy upgrade` builds an index on it.
@Suite(.timed) struct OnlineIndexTests {
  private static let tables = "CREATE TABLE events (id bigint NOT NULL, kind text NOT NULL); CREATE TABLE gate (n int);"
  private static let concurrent = "CREATE INDEX by_kind ON events (kind);"
  private static let plain = "CREATE INDEX by_kind_and_id ON events (kind, id); CREATE INDEX by_n ON gate (n);"

  private func project(_ scratch: ScratchDatabase) throws -> BuiltProject {
    try BuiltProject(
      """
      entrypoints = ["app.sql"]
      [ext.migrations.stores.prod]
      url = "\(scratch.url)"
      lock_timeout = "0"

      """)
  }

  /// Whether another session gets a lock of this kind on `events` at once.
  private func others(get lock: String, _ scratch: ScratchDatabase) throws -> Bool {
    let connection = try scratch.connection()
    try connection.beginTransaction()
    defer { connection.rollbackTransaction() }
    let refusal = failure { () throws(MetaxyError) in try connection.execute("LOCK TABLE events IN \(lock) MODE NOWAIT")
    }
    #expect(refusal == nil || refusal?.sqlState == "55P03")
    return refusal == nil
  }

  @Test func othersReadAndWriteWhileAnIndexIsBuilt() throws {
    let scratch = try ScratchDatabase(
      "\(Self.tables) INSERT INTO events SELECT n, md5(n::text) FROM generate_series(1, 1000) AS n")
    let project = try project(scratch)
    try project.write(Self.tables + Self.concurrent, to: "app.sql")
    #expect(try project.run("revision --autogenerate -m first").status == 0)

    // A build waits for the transactions that wrote to the table before it began.
    let older = try scratch.connection()
    try older.beginTransaction()
    try older.execute("INSERT INTO events VALUES (-1, 'old')")
    let run = try project.start("upgrade")
    try run.waitUntil("the build waits for the older transaction") {
      try scratch.rows("SELECT pid FROM pg_stat_progress_create_index WHERE phase = 'waiting for writers before build'")
        != []
    }
    #expect(try others(get: "ACCESS SHARE", scratch))
    #expect(try others(get: "ROW EXCLUSIVE", scratch))
    _ = try scratch.rows("INSERT INTO events VALUES (-2, 'new')")
    older.rollbackTransaction()
    let ended = try run.end()
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try scratch.rows("SELECT id FROM events WHERE id < 0") == ["-2"])
    #expect(try scratch.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_kind'::regclass") == ["t"])
  }

  /// The other form keeps writers out until its transaction ends, and so shows what the one above is worth.
  @Test func withoutOnlineOthersOnlyRead() throws {
    let scratch = try ScratchDatabase(Self.tables)
    let project = try project(scratch)
    try project.write(Self.tables + Self.plain, to: "app.sql")
    #expect(try project.run("revision --autogenerate --no-online -m second").status == 0)

    // The second index of the section cannot be built yet.
    let writer = try scratch.connection()
    try writer.beginTransaction()
    try writer.execute("INSERT INTO gate VALUES (1)")
    let run = try project.start("upgrade")
    try run.waitUntil("the section waits for the second table") {
      try scratch.rows("SELECT pid FROM pg_locks WHERE relation = 'gate'::regclass AND NOT granted") != []
    }
    #expect(try others(get: "ACCESS SHARE", scratch))
    #expect(try !others(get: "ROW EXCLUSIVE", scratch))
    writer.rollbackTransaction()
    let ended = try run.end()
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try others(get: "ROW EXCLUSIVE", scratch))
  }
}
