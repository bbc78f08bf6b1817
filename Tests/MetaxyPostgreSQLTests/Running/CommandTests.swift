import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Testing

@testable import MetaxyPostgreSQL

/// The built command on a PostgreSQL store, and what ends it in mid-run.
@Suite(.timed) struct CommandTests {
  private static let sleeping =
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(%' AND state = 'active' AND datname = current_database()"

  private func project() throws -> CommandProject {
    let project = try CommandProject()
    try project.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade\nDROP TABLE a;")
    try project.revision(
      "bb", after: "aa",
      "-- metaxy:upgrade\nCREATE TABLE b (n int);\nSELECT pg_sleep(3600);\n-- metaxy:downgrade\nDROP TABLE b;")
    return project
  }

  private func state(_ project: CommandProject) throws -> [String] {
    try project.scratch.rows(
      """
      SELECT version_num FROM alembic_version UNION ALL
      SELECT relname FROM pg_class WHERE relname IN ('a', 'b') UNION ALL
      SELECT locktype FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """)
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func aSignalStopsTheStatementAndSaysWhereTheDatabaseIs(_ signal: Int32, _ status: Int32) throws {
    let project = try project()
    let run = try project.run("upgrade", ending: signal, while: Self.sleeping)
    #expect(run.status == status)
    #expect(run.errors.contains("caused by: interrupted\n"), "\(run.errors)")
    #expect(run.errors.contains("hint: the revision was rolled back; the database is at `aa`\n"))
    #expect(try state(project) == ["aa", "a"])
    #expect(try project.scratch.rows(Self.sleeping) == [])
    let log = "SELECT revision, error LIKE '%interrupted%', finished_at IS NULL FROM alembic_version_log ORDER BY id"
    #expect(try project.scratch.rows(log) == ["aa||f", "bb|t|t"])
  }

  @Test func theLockOfAKilledRunIsFreeBeforeItsStatementEnds() throws {
    let project = try project()
    let run = try project.run("upgrade", ending: SIGKILL, while: Self.sleeping)
    #expect(run.status == 128 + SIGKILL)
    // Every two seconds the server looks whether the client is there; the statement would take an hour.
    let lock = try PostgreSQLMigrationLock(project.scratch.database(), patience: .seconds(600)) { _ in }
    lock.release()
    #expect(try state(project) == ["aa", "a"])
  }

  @Test func anIndexBuildThatIsInterruptedIsDoneAnew() throws {
    let project = try CommandProject("CREATE TABLE a (n int); INSERT INTO a VALUES (1)")
    try project.revision(
      "aa",
      "-- metaxy:upgrade postgresql transaction:false\nCREATE INDEX CONCURRENTLY by_n ON a (n);\n-- metaxy:downgrade postgresql"
    )
    let older = try project.scratch.connection()
    try older.beginTransaction()
    try older.execute("INSERT INTO a VALUES (2)")
    let run = try project.run(
      "upgrade", ending: SIGINT, while: "SELECT 1 FROM pg_class WHERE relname = 'by_n'")
    #expect(run.status == 130)
    let isValid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_n')"
    #expect(try project.scratch.rows(isValid) == ["f"])
    older.rollbackTransaction()
    let next = try project.run("upgrade")
    #expect(next.status == 0, "\(next.errors)")
    #expect(try project.scratch.rows(isValid) == ["t"])
  }

  /// SIGKILL before every single statement that the process executes.
  @Test func aKilledRunIsFinishedByTheNext() throws {
    let sections = """
      -- metaxy:upgrade postgresql
      CREATE TABLE a (n int);
      INSERT INTO a SELECT generate_series(1, 100);
      -- metaxy:upgrade postgresql transaction:false
      CREATE INDEX CONCURRENTLY by_n ON a (n);
      -- metaxy:upgrade postgresql
      INSERT INTO a VALUES (101);
      -- metaxy:downgrade postgresql
      """
    var killed = 0
    for statement in 1...100 {
      let project = try CommandProject()
      try project.revision("aa", sections)
      let run = try project.run("upgrade", killedAt: statement)
      guard run.status != 0 else { break }
      killed += 1
      #expect(run.status == 128 + SIGKILL, "\(run.errors)")
      let next = try project.run("upgrade")
      #expect(next.status == 0, "killed before statement \(statement): \(next.errors)")
      let found = try project.scratch.rows(
        "SELECT count(*), sum(n), min(version_num), bool_and(indisvalid) FROM a, alembic_version, pg_index WHERE indrelid = 'a'::regclass"
      )
      #expect(found == ["101|5151|aa|t"], "killed before statement \(statement)")
    }
    #expect(killed > 15 && killed < 100)
  }

  @Test func whatTheServerSaysAndWhoIsInTheWayIsTold() throws {
    let project = try CommandProject("CREATE TABLE a (n int)", lockTimeout: "0")
    try project.revision(
      "aa", "-- metaxy:upgrade\nDROP TABLE IF EXISTS nobody;\nALTER TABLE a ADD m int;\n-- metaxy:downgrade")
    let reader = try project.scratch.connection()
    try reader.beginTransaction()
    _ = try reader.query("SELECT * FROM a")
    let process = try #require(try reader.query("SELECT pg_backend_pid()").first?.first?.integer)
    let run = try project.start("upgrade --allow-destructive")
    let holder = "server process \(process) \\(`metaxy`, idle in transaction since .* UTC\\)"
    try run.waitUntil("the run reports who blocks it") {
      try matches(run.errors, "waiting for a lock that \(holder) holds\n")
    }
    reader.rollbackTransaction()
    let ended = try run.end()
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("PostgreSQL: table \"nobody\" does not exist, skipping\n"))
    #expect(ended.errors.components(separatedBy: "waiting for a lock").count == 2)
  }

  @Test func aBlockedRunGivesUpAndSaysWhereTheDatabaseIs() throws {
    let project = try CommandProject("CREATE TABLE a (n int)", lockTimeout: "20ms")
    try project.revision("aa", "-- metaxy:upgrade\nSELECT 1;\nALTER TABLE a ADD m int;\n-- metaxy:downgrade")
    let reader = try project.scratch.connection()
    try reader.beginTransaction()
    _ = try reader.query("SELECT * FROM a")
    let run = try project.run("upgrade")
    #expect(run.status == 1)
    #expect(
      run.errors.contains("error: gave up after 10 attempts: could not acquire a lock in time"), "\(run.errors)")
    #expect(run.errors.contains("caused by: migrations/versions/aa.sql:8: statement 2 of 2 of the upgrade of revision"))
    #expect(run.errors.contains("hint: the revision was rolled back; the database is before its first revision\n"))
  }

  @Test(.enabled(if: serverIsOwn)) func aPasswordIsNeverPrinted() throws {
    let role = "metaxy_guarded_\(UInt32.random(in: 0...UInt32.max))"
    let project = try CommandProject("CREATE ROLE \(role) LOGIN PASSWORD 'right' IN ROLE metaxy_guarded") { scratch in
      scratch.url.replacing("metaxy@", with: "\(role):se%2Fcret@")
    }
    try project.revision("aa", "-- metaxy:upgrade\nSELECT 1;\n-- metaxy:downgrade")
    let run = try project.run("upgrade")
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot connect to"))
    #expect(run.errors.contains("check the password"))
    for text in [run.output, run.errors] { #expect(!text.contains("cret")) }
  }
}
