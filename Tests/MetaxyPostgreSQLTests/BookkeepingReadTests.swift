import Foundation
import MetaxyTestSupport
import Testing

/// How often a command reads the version table and the log, as the server counts it.
@Suite struct BookkeepingReadTests {
  private let scratch: ScratchDatabase
  private let project: BuiltProject

  init() throws {
    scratch = try ScratchDatabase()
    project = try BuiltProject(
      "entrypoints = [\"tables.sql\"]\n[ext.migrations.stores.prod]\nurl = \"\(scratch.url)\"\n")
    try project.write("CREATE TABLE a (n int);", to: "tables.sql")
    try project.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade\nDROP TABLE a;")
    try #require(project.run("upgrade").status == 0)
  }

  /// The scans of each table since it was created.
  private func scans() throws -> [String: Int] {
    // A session reports its counts before it ends.
    let others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while try !scratch.rows(others).isEmpty { usleep(10_000) }
    let rows = try scratch.rows(
      """
      SELECT relname || ' ' || seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables
      WHERE relname IN ('alembic_version', 'alembic_version_log')
      """)
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        let words = row.split(separator: " ")
        return (String(words[0]), Int(words[1]) ?? -1)
      })
  }

  private func reads(of command: String, status: Int32) throws -> [String: Int] {
    let before = try scans()
    let run = try project.run(command)
    #expect(run.status == status, "\(run.errors)")
    return try scans().merging(before, uniquingKeysWith: -)
  }

  @Test(arguments: ["check", "status", "current", "revision --autogenerate", "upgrade"])
  func aCommandReadsTheVersionTableAndTheLogOnce(_ command: String) throws {
    #expect(try reads(of: command, status: 0) == ["alembic_version": 1, "alembic_version_log": 1])
  }

  @Test func checkReadsThemOnceWhileARevisionIsPending() throws {
    try project.revision(
      "bb", after: "aa", "-- metaxy:upgrade\nCREATE TABLE b (n int);\n-- metaxy:downgrade\nDROP TABLE b;")
    #expect(try reads(of: "check", status: 2) == ["alembic_version": 1, "alembic_version_log": 1])
  }
}
