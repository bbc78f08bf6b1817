import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Runs that end in the middle, whatever ends them.
@Suite(.timed) struct BrokenRunTests {
  private static let sections = """
    -- metaxy:upgrade postgresql
    CREATE TABLE a (n int);
    INSERT INTO a SELECT generate_series(1, 100);
    ALTER TABLE a ADD m int;
    -- metaxy:upgrade postgresql transaction:false
    CREATE INDEX CONCURRENTLY by_n ON a (n);
    CREATE INDEX CONCURRENTLY by_m ON a (m);
    DROP INDEX CONCURRENTLY by_m;
    -- metaxy:upgrade postgresql
    INSERT INTO a VALUES (101, 1);
    -- metaxy:downgrade postgresql
    """

  private func expectDone(_ store: RevisionStore, _ comment: Comment) throws {
    #expect(try store.versions() == ["aa"], comment)
    #expect(try store.scratch.rows("SELECT count(*), sum(n), sum(m) FROM a") == ["101|5151|1"], comment)
    #expect(
      try store.scratch.rows(
        "SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'a'::regclass") == ["by_n|t"], comment)
    #expect(try store.state() == ["a", "0"], comment)
  }

  /// The server's side of a process that is killed: its session ends before, between or after any two statements.
  @Test func aRunThatEndsBetweenAnyTwoStatementsIsFinishedByTheNext() throws {
    var broken = 0
    for step in 1...100 {
      var store = try RevisionStore()
      try store.revision("aa", Self.sections)
      let scratch = store.scratch
      let error = failure { () throws(MetaxyError) in
        try store.upgrade(
          around: { connection in
            let process = try? connection.query("SELECT pg_backend_pid()").first?.first?.integer
            let meddling = MeddlingConnection(connection)
            meddling.beforeStep = { number in
              guard number == step, let process else { return }
              _ = try? scratch.rows("SELECT pg_terminate_backend(\(process), 5000)")
            }
            return meddling
          })
      }
      guard let error else { break }
      broken += 1
      #expect(error.isConnectionLoss, "\(error)")
      try store.upgrade()
      try expectDone(store, "ended before step \(step)")
    }
    #expect(broken > 20 && broken < 100)
  }

  @Test func aServerThatCrashesInMidRunIsSaidAndTheNextRunFinishes() throws {
    let cluster = try PostgreSQLCluster()
    let url = try cluster.database()
    var store = try RevisionStore()
    try store.revision(
      "aa",
      "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:upgrade\nCREATE TABLE b (n int);\nSELECT pg_sleep(sleep) FROM pace;\n-- metaxy:downgrade"
    )
    _ = try cluster.query("CREATE TABLE pace AS SELECT 3600 AS sleep", at: url)
    let runsAgain = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      #expect(throws: Never.self) {
        try waitUntil("the statement runs") {
          try cluster.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'", at: url) != ""
        }
        try cluster.crash()
      }
      runsAgain.signal()
    }
    let database = PostgreSQLDatabase(connectionString: url, displayName: "a database")
    let error = failure { () throws(MetaxyError) in try store.upgrade(on: database) }
    #expect(error?.isConnectionLoss == true)
    #expect(error?.code == .statementFailed)
    let lost = error?.cause as? MetaxyError
    #expect(lost?.message == "the connection to `a database` was lost")
    #expect(lost?.hints.contains { $0.description.contains("metaxy current") } == true)

    runsAgain.wait()
    #expect(try cluster.query("SELECT to_regclass('a'), to_regclass('b')", at: url) == "a|")
    _ = try cluster.query("UPDATE pace SET sleep = 0", at: url)
    #expect(try store.upgrade(on: database).map(\.revision) == ["aa"])
    #expect(try cluster.query("SELECT to_regclass('b'), version_num FROM alembic_version", at: url) == "b|aa")
  }

  @Test func aRoleWithoutRightsIsToldSo() throws {
    let role = "metaxy_poor_\(UInt32.random(in: 0...UInt32.max))"
    var store = try RevisionStore("CREATE ROLE \(role) LOGIN; REVOKE CREATE ON SCHEMA public FROM public")
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    let poor = store.scratch.database(store.scratch.url(with: "user=\(role)"))
    let error = failure { () throws(MetaxyError) in try store.upgrade(on: poor) }
    #expect(error?.sqlState == "42501")
    #expect(error?.hints.contains { $0.description.contains("the role lacks a privilege") } == true)
    #expect(try store.state() == ["", "0"])
    _ = try store.scratch.rows("DROP ROLE \(role)")
  }

  @Test func theBooksMayLieInASchemaOfTheirOwn() throws {
    var store = try RevisionStore("CREATE SCHEMA \"the books\"; CREATE TABLE alembic_version (somebody text)")
    store.versionTable = .init("alembic_version", schema: "the books")
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    try store.upgrade()
    #expect(try store.upgrade() == [])
    #expect(try store.scratch.rows("SELECT version_num FROM \"the books\".alembic_version") == ["aa"])
    #expect(
      try store.scratch.rows("SELECT revision, tables_created FROM \"the books\".alembic_version_log") == ["aa|a"])
    #expect(try store.scratch.rows("SELECT * FROM public.alembic_version") == [])
  }

  /// As Alembic creates the version table, and as SQLAlchemy's types of the log's columns are.
  @Test func theBooksHaveTypesOfTheirOwn() throws {
    var store = try RevisionStore()
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE \"Ünï\" (n int);\n-- metaxy:downgrade")
    try store.upgrade()
    func columns(_ table: String) throws -> [String] {
      try store.scratch.rows(
        "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute WHERE attrelid = '\(table)'::regclass AND attnum > 0 ORDER BY attnum"
      )
    }
    #expect(try columns("alembic_version") == ["version_num|character varying(32)|t"])
    // NOT NULL is a constraint, too, from PostgreSQL 18 on.
    #expect(
      try store.scratch.rows(
        "SELECT conname, contype FROM pg_constraint WHERE conrelid = 'alembic_version'::regclass AND contype <> 'n'")
        == ["alembic_version_pkc|p"])
    #expect(
      try columns("alembic_version_log").prefix(5) == [
        "id|bigint|t", "revision|character varying(32)|t", "direction|character varying|t",
        "started_at|timestamp with time zone|t", "finished_at|timestamp with time zone|f",
      ])
    #expect(
      try store.scratch.rows("SELECT now() - started_at < '1min', finished_at >= started_at FROM alembic_version_log")
        == ["t|t"])
    let log = RevisionLog("alembic_version_log", dialect: PostgreSQLDialect())
    let entry = try #require(try log.last(try store.scratch.connection()))
    #expect(matches(entry.startedAt, #"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$"#))
    #expect(entry.tablesCreated == ["Ünï"])
    #expect(entry.script.contains("CREATE TABLE \"Ünï\""))
  }
}
