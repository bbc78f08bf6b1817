import MetaxyTestSupport
import Testing

/// What happens to a database while revisions run, by Alembic where it is right, and as it should be elsewhere.
@Suite(.timed) struct RuntimeScenarioTests {
  private static let scenarios = CommandScenario.group("runtime")

  private static let leftOut = [
    "RT-001": "one transaction per section, so that what a run has done before it fails stays done: RT-002 is the rule",
    "RT-015": "there is no callback; the row of the log takes its place",
  ]

  private typealias Check = @Sendable (_ engine: Engine) throws -> Void
  private static let checks: [String: Check] = [
    "RT-002": failureKeepsTheRevisionsBefore, "RT-003": failureKeepsTheRevisionsBefore,
    "RT-005": concurrentIndexRunsOutsideTransactions, "RT-006": failureAfterASectionOutsideTransactions,
    "RT-007": secondRunWaits, "RT-008": blockedRunGivesUp, "RT-009": newEnumValueIsUsable,
    "RT-010": scriptOfEnumTypes, "RT-011": editedFileIsSaid, "RT-012": insertedRevisionIsReported,
  ]

  @Test func everyScenarioIsAccountedFor() {
    #expect(Self.scenarios.count == 12)
    #expect(Set(Self.scenarios.map(\.id)) == Set(Self.checks.keys).union(Self.leftOut.keys))
    #expect(Set(Self.checks.keys).isDisjoint(with: Self.leftOut.keys))
  }

  @Test(arguments: scenarios.filter { leftOut[$0.id] == nil })
  func scenario(_ scenario: CommandScenario) throws {
    let check = try #require(Self.checks[scenario.id])
    try #require(!scenario.engines.isEmpty)
    for engine in scenario.engines { try check(engine) }
  }

  private static let first = "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade\nDROP TABLE a;"

  /// The application's tables.
  private static func tables(_ project: StoreProject, _ engine: Engine) throws -> [String] {
    try project.rows(
      engine == .postgresql
        ? "SELECT relname FROM pg_class WHERE relname IN ('a', 'b') ORDER BY 1"
        : "SELECT name FROM sqlite_master WHERE name IN ('a', 'b') ORDER BY 1")
  }

  private static func failureKeepsTheRevisionsBefore(_ engine: Engine) throws {
    let project = try StoreProject(on: engine)
    func second(_ last: String) throws {
      try project.revision(
        "bb", after: "aa",
        "-- metaxy:upgrade\nCREATE TABLE b (n int);\nINSERT INTO b VALUES (1);\n\(last);\n-- metaxy:downgrade")
    }
    try project.revision("aa", first)
    try second("SELECT 1 / nobody")
    let run = try project.run("upgrade", status: 1)
    #expect(run.errors.contains("revision `bb`"))
    #expect(run.errors.contains("the database is at `aa`"))
    #expect(try tables(project, engine) == ["a"])
    #expect(try project.versions() == ["aa"])
    try second("SELECT 1 / 1")
    try project.run("upgrade")
    #expect(try project.rows("SELECT n FROM b") == ["1"])
    #expect(try project.versions() == ["bb"])
  }

  private static func concurrentIndexRunsOutsideTransactions(_ engine: Engine) throws {
    let project = try StoreProject(on: engine, "CREATE TABLE a (n int); INSERT INTO a VALUES (1), (1)")
    try project.revision(
      "aa",
      "-- metaxy:upgrade transaction:false\nCREATE UNIQUE INDEX CONCURRENTLY by_n ON a (n);\n-- metaxy:downgrade")
    let isValid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_n')"
    let run = try project.run("upgrade", status: 1)
    #expect(run.errors.contains("revision `aa`"))
    // The invalid index of the failed build is removed.
    #expect(try project.rows(isValid) == [])
    _ = try project.rows("DELETE FROM a WHERE ctid = (SELECT max(ctid) FROM a)")
    try project.run("upgrade")
    #expect(try project.rows(isValid) == ["t"])
    #expect(try project.versions() == ["aa"])
  }

  private static func failureAfterASectionOutsideTransactions(_ engine: Engine) throws {
    let project = try StoreProject(on: engine)
    func second(_ last: String) throws {
      try project.revision(
        "bb", after: "aa",
        """
        -- metaxy:upgrade
        CREATE TABLE b (n int);
        -- metaxy:upgrade transaction:false
        CREATE INDEX CONCURRENTLY by_n ON b (n);
        -- metaxy:upgrade
        INSERT INTO b VALUES (1);
        \(last);
        -- metaxy:downgrade
        """)
    }
    try project.revision("aa", first)
    try second("SELECT 1 / 0")
    for _ in 0..<2 {
      let run = try project.run("upgrade", status: 1)
      #expect(run.errors.contains("statement 2 of 2 of the upgrade of revision `bb`"), "\(run.errors)")
      #expect(run.errors.contains("2 sections of the revision before it stay applied; the database is at `aa`"))
      #expect(try project.rows("SELECT count(*) FROM b") == ["0"])
      let log = "SELECT revision, section, finished_at IS NULL FROM alembic_version_log ORDER BY id DESC LIMIT 1"
      #expect(try project.rows(log) == ["bb|2|t"])
    }
    try second("SELECT 1 / 1")
    try project.run("upgrade")
    #expect(try project.rows("SELECT n FROM b") == ["1"])
    #expect(try project.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_n'::regclass") == ["t"])
    #expect(try project.versions() == ["bb"])
  }

  private static func secondRunWaits(_ engine: Engine) throws {
    // No limit to waiting: the first run waits for the test, and the second one for the first.
    let project = try StoreProject(on: engine, "CREATE TABLE gate (n int)", settings: "lock_timeout = \"0\"")
    try project.revision("aa", first)
    try project.revision(
      "bb", after: "aa", "-- metaxy:upgrade\nCREATE TABLE b (n int);\nLOCK TABLE gate;\n-- metaxy:downgrade")
    let holder = try project.hold("gate")
    let one = try project.start("upgrade")
    try one.waitUntil("the first run waits for the gate") {
      try project.rows("SELECT 1 FROM pg_locks WHERE relation = 'gate'::regclass AND NOT granted") != []
    }
    let other = try project.start("upgrade")
    try other.waitUntil("the second run waits for the first") {
      try other.errors.contains("waiting for server process")
    }
    try project.release(holder)
    let runs = [try one.end(), try other.end()]
    #expect(runs.map(\.status) == [0, 0], "\(runs.map(\.errors))")
    #expect(runs.map(\.output) == ["user: 2 revisions run, now at bb\n", "user: nothing to do, now at bb\n"])
    #expect(!runs[0].errors.contains("waiting for server process"))
    #expect(try project.versions() == ["bb"])
  }

  private static func blockedRunGivesUp(_ engine: Engine) throws {
    let project = try StoreProject(on: engine, "CREATE TABLE a (n int)", settings: "lock_timeout = \"50ms\"")
    try project.revision(
      "aa", "-- metaxy:upgrade\nCREATE TABLE b (n int);\nALTER TABLE a ADD m int;\n-- metaxy:downgrade")
    let holder = try project.hold("a")
    let run = try project.run("upgrade", status: 1)
    #expect(run.errors.contains("error: gave up after 10 attempts: could not acquire a lock in time"), "\(run.errors)")
    #expect(try project.rows("SELECT to_regclass('b') IS NULL") == ["t"])
    try project.release(holder)
    try project.run("upgrade")
    #expect(try project.versions() == ["aa"])

    let slow = try StoreProject(on: engine, "CREATE TABLE b (n int)", settings: "statement_timeout = \"2s\"")
    try slow.revision("aa", first)
    try slow.run("upgrade")
    try slow.revision(
      "bb", after: "aa", "-- metaxy:upgrade\nDROP TABLE b;\nSELECT pg_sleep(3600);\n-- metaxy:downgrade")
    let ended = try slow.run("upgrade --allow-destructive", status: 1)
    #expect(ended.errors.contains("statement timeout"), "\(ended.errors)")
    #expect(try slow.versions() == ["aa"])
    #expect(try slow.rows("SELECT to_regclass('b') IS NULL") == ["f"])
  }

  private static func newEnumValueIsUsable(_ engine: Engine) throws {
    let project = try StoreProject(
      on: engine, "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE a (m mood)")
    try project.revision(
      "aa",
      """
      -- metaxy:upgrade transaction:false
      ALTER TYPE mood ADD VALUE 'soso' AFTER 'sad';
      -- metaxy:upgrade
      INSERT INTO a VALUES ('soso');
      -- metaxy:downgrade
      """)
    try project.run("upgrade")
    #expect(try project.rows("SELECT m, m < 'ok' FROM a") == ["soso|t"])
  }

  private static func editedFileIsSaid(_ engine: Engine) throws {
    let project = try StoreProject(on: engine)
    try project.revision("aa", first)
    try project.run("upgrade")
    try project.want("CREATE TABLE a (n int)")
    try project.revision("aa", first.replacing("n int", with: "n bigint"))
    for command in ["upgrade", "check"] {
      let run = try project.run(command)
      #expect(
        run.errors.contains("warning: migrations/versions/aa.sql was edited after it was applied"), "\(run.errors)")
    }
  }

  private static func scriptOfEnumTypes(_ engine: Engine) throws {
    let project = try StoreProject(on: engine)
    try project.want("CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE a (m mood)")
    _ = try project.autogenerate()
    let types = "SELECT typname FROM pg_type WHERE typname = 'mood'"
    _ = try project.rows(try project.run("upgrade --sql").output)
    #expect(try project.rows(types) == ["mood"])
    #expect(try tables(project, engine) == ["a"])
    #expect(try project.versions() == ["aa"])
    _ = try project.rows(try project.run("downgrade aa:base --sql").output)
    #expect(try project.rows(types) == [])
    #expect(try tables(project, engine) == [])
    #expect(try project.versions() == [])
  }

  private static func insertedRevisionIsReported(_ engine: Engine) throws {
    let project = try StoreProject(on: engine)
    let last = "-- metaxy:upgrade\nCREATE TABLE b (n int);\n-- metaxy:downgrade\nDROP TABLE b;"
    try project.revision("aa", first)
    try project.revision("bb", after: "aa", last)
    try project.run("upgrade")
    try project.revision("nn", after: "aa", "-- metaxy:upgrade\nCREATE TABLE c (n int);\n-- metaxy:downgrade")
    try project.revision("bb", after: "nn", last)
    #expect(try project.run("check", status: 2).output.contains("out of order: nn, `upgrade` runs it after bb"))
    #expect(try project.run("upgrade").output == "user: 1 revision run, now at bb\n")
    #expect(try project.rows("SELECT count(*) FROM c") == ["0"])
  }
}
