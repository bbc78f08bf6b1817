import MetaxyTestSupport
import Testing

/// A primary with a streaming standby, and the built command on the URL of both.
@Suite(.timed) struct FailoverTests {
  private let cluster: PostgreSQLCluster
  private let project: BuiltProject
  private let name: String
  private let primary: String
  private let standby: String
  private static let revisions = (1...10).map { "r\($0 < 10 ? "0" : "")\($0)" }

  init() throws {
    cluster = try PostgreSQLCluster()
    primary = try cluster.database()
    name = String(primary.split(separator: "/").last ?? "")
    standby = PostgreSQLCluster.url(try cluster.startStandby(), ofDatabase: name)
    func store(_ name: String, _ url: String) -> String {
      "[ext.migrations.stores.\(name)]\nurl = \"\(url)\"\nlock_timeout = \"5min\"\n"
    }
    project = try BuiltProject(
      "store = \"both\"\n" + store("both", cluster.urlOfBoth(database: name, role: "read-write"))
        + store("standby", standby)
        + store("reading", cluster.urlOfBoth(database: name, role: "prefer-standby")))
    var parent = ""
    for revision in Self.revisions {
      // A second section, so that a revision can be applied in part.
      try project.revision(
        revision, after: parent,
        """
        -- metaxy:upgrade
        CREATE TABLE t_\(revision) (n int);
        INSERT INTO t_\(revision) SELECT generate_series(1, 100);
        -- metaxy:upgrade
        ALTER TABLE gate ADD COLUMN c_\(revision) int;
        -- metaxy:downgrade
        """)
      parent = revision
    }
  }

  /// Starts the upgrade, and returns it once the second section of `r05` waits for a lock, and the standby has what is before.
  private func startUntilTheMiddle() throws -> RunningProcess {
    _ = try cluster.query("CREATE TABLE gate (n int)", at: primary)
    #expect(try project.run("upgrade r04").status == 0)
    let holder = try cluster.session("BEGIN; LOCK TABLE gate; SELECT pg_sleep(600)", at: primary)
    defer { withExtendedLifetime(holder) {} }
    try waitUntil("the table is locked") {
      try cluster.query("SELECT 1 FROM pg_locks WHERE relation = 'gate'::regclass AND granted", at: primary) != ""
    }
    let run = try project.start("upgrade")
    try run.waitUntil("the upgrade waits") {
      try cluster.query(
        "SELECT 1 FROM pg_locks WHERE relation = 'gate'::regclass AND NOT granted AND mode = 'AccessExclusiveLock'",
        at: primary) != ""
    }
    let position = try cluster.query("SELECT pg_current_wal_flush_lsn()", at: primary)
    try waitUntil("the standby has it") {
      try cluster.query("SELECT pg_last_wal_replay_lsn() >= '\(position)'", at: standby) == "t"
    }
    try cluster.kill()
    return run
  }

  private func expectEachOnce() throws {
    let versions = try cluster.query("SELECT version_num FROM alembic_version", at: standby)
    #expect(versions == "r10")
    for revision in Self.revisions {
      #expect(try cluster.query("SELECT count(*), sum(n) FROM t_\(revision)", at: standby) == "100|5050")
    }
    #expect(
      try cluster.query(
        "SELECT string_agg(revision, ' ' ORDER BY id) FROM alembic_version_log WHERE finished_at IS NOT NULL",
        at: standby) == Self.revisions.joined(separator: " "))
    #expect(try project.run("upgrade").output == "user: nothing to do, now at r10\n")
  }

  @Test func aPrimaryThatFailsOverInMidUpgradeIsFollowedByTheNextRun() throws {
    let run = try startUntilTheMiddle()
    let broken = try run.end()
    #expect(broken.status == 1)
    #expect(broken.errors.contains("caused by: the connection to `postgresql://metaxy@"), "\(broken.errors)")
    #expect(
      broken.errors.contains("hint: the database cannot be reached now; when the connection was lost it was at `r04`"),
      "\(broken.errors)")

    // Between the two: the standby is readable, and no host accepts writes.
    let waiting = try project.run("upgrade")
    #expect(waiting.status == 1)
    #expect(
      waiting.errors.contains("hint: no host is a server that `target_session_attrs=read-write` accepts"),
      "\(waiting.errors)")
    #expect(try project.run("--store standby current").output == "r04\n")

    try cluster.promoteStandby()
    let next = try project.run("upgrade")
    #expect(next.status == 0, "\(next.errors)")
    #expect(next.output == "user: 6 revisions run, now at r10\n")
    try expectEachOnce()
  }

  @Test func theErrorHasThePositionOnTheNewPrimary() throws {
    let run = try startUntilTheMiddle()
    try cluster.promoteStandby()
    let broken = try run.end()
    #expect(broken.status == 1)
    #expect(
      broken.errors.contains("hint: the database is at `r04`, with a part of the upgrade of `r05`\n"),
      "\(broken.errors)")
    #expect(try project.run("upgrade").status == 0)
    try expectEachOnce()
  }

  /// The standby has the index as the build left it: there, and INVALID.
  @Test func anIndexThatABuildLeftIsBuiltAgainOnTheNewPrimary() throws {
    _ = try cluster.query("CREATE TABLE gate (n int); INSERT INTO gate SELECT generate_series(1, 100)", at: primary)
    #expect(try project.run("upgrade r10").status == 0)
    try project.revision(
      "r11", after: "r10",
      """
      -- metaxy:upgrade transaction:false
      CREATE INDEX CONCURRENTLY ix_gate_n ON gate (n);
      CREATE INDEX CONCURRENTLY ix_gate_c ON gate (c_r01);
      -- metaxy:downgrade transaction:false
      DROP INDEX CONCURRENTLY ix_gate_c;
      DROP INDEX CONCURRENTLY ix_gate_n;
      """)
    // A build waits for older transactions that wrote to the table.
    let holder = try cluster.session("BEGIN; INSERT INTO gate VALUES (101); SELECT pg_sleep(600)", at: primary)
    defer { withExtendedLifetime(holder) {} }
    try waitUntil("a transaction has written") {
      try cluster.query(
        "SELECT 1 FROM pg_locks WHERE relation = 'gate'::regclass AND mode = 'RowExclusiveLock'", at: primary) != ""
    }
    let run = try project.start("upgrade")
    let invalid = "SELECT count(*) FROM pg_index WHERE indrelid = 'gate'::regclass AND NOT indisvalid"
    try run.waitUntil("the build has begun") { try cluster.query(invalid, at: primary) == "1" }
    try waitForStandby()
    try cluster.kill()
    try cluster.promoteStandby()
    let broken = try run.end()
    #expect(broken.status == 1)
    #expect(broken.errors.contains("hint: the database is at `r10`"), "\(broken.errors)")
    #expect(try cluster.query(invalid, at: standby) == "1")

    let next = try project.run("upgrade")
    #expect(next.status == 0, "\(next.errors)")
    #expect(
      try cluster.query(
        "SELECT string_agg(indexrelid::regclass::text || ' ' || indisvalid, ', ' ORDER BY relname) FROM pg_index"
          + " JOIN pg_class ON oid = indexrelid WHERE relname LIKE 'ix_gate%'", at: standby)
        == "ix_gate_c true, ix_gate_n true")
    #expect(try cluster.query("SELECT version_num FROM alembic_version", at: standby) == "r11")
    #expect(try cluster.query("SELECT count(*) FROM gate", at: standby) == "100")
  }

  /// Waits until the standby has everything that the primary has now.
  private func waitForStandby() throws {
    let position = try cluster.query("SELECT pg_current_wal_flush_lsn()", at: primary)
    try waitUntil("the standby has it") {
      try cluster.query("SELECT pg_last_wal_replay_lsn() >= '\(position)'", at: standby) == "t"
    }
  }

  @Test func aStandbyIsReadAndNotWritten() throws {
    _ = try cluster.query("CREATE TABLE gate (n int)", at: primary)
    #expect(try project.run("upgrade r02").status == 0)
    try waitForStandby()
    for store in ["standby", "reading"] {
      #expect(try project.run("--store \(store) current").output == "r02\n")
      let history = try project.run("--store \(store) history --no-graph -r r01:r02")
      #expect(history.output.contains("r01 -> r02 (current)"), "\(history)")
      let plan = try project.run("--store \(store) upgrade --dry-run")
      #expect(plan.output.contains("would run 8 revisions"), "\(plan)")
      for words in ["upgrade", "downgrade -1", "stamp r01", "ensure_version"] {
        let refused = try project.run("--store \(store) \(words)")
        #expect(refused.status == 1, "\(words)")
        #expect(
          refused.errors.contains("is a standby, which can only be read\n\nhint: connect to the primary:"),
          "\(words): \(refused.errors)")
      }
    }
    #expect(try cluster.query("SELECT version_num FROM alembic_version", at: primary) == "r02")
  }

  /// The server prints the check otherwise than it is written, which only a temporary table shows.
  @Test func aStandbyIsComparedWithTheHelpOfItsPrimary() throws {
    func configuration(_ stores: [(String, String)], _ more: String = "") -> String {
      "store = \"both\"\nentrypoints = [\"tables.sql\"]\n[ext.migrations]\n\(more)\n"
        + stores.map { "[ext.migrations.stores.\($0)]\nurl = \"\($1)\"\n" }.joined()
    }
    let stores = [
      ("both", cluster.urlOfBoth(database: name, role: "read-write")), ("standby", standby),
      ("reading", cluster.urlOfBoth(database: name, role: "prefer-standby")),
    ]
    let project = try BuiltProject(configuration(stores))
    try project.write("CREATE TABLE video (kind text NOT NULL CHECK (kind IN ('a', 'b')));\n", to: "tables.sql")
    #expect(try project.run("revision --autogenerate --rev-id v1").status == 0)
    #expect(try project.run("upgrade").status == 0)
    try waitForStandby()
    for store in ["both", "reading"] {
      let check = try project.run("--store \(store) check")
      #expect(check.output == "in sync: the database is what the definitions ask for\n", "\(store): \(check)")
      let status = try project.run("--store \(store) status")
      #expect(status.output.contains("    current:     v1\n") && status.output.contains("differences: 0"), "\(status)")
    }
    let alone = try project.run("--store standby check")
    #expect(alone.errors.contains("is a standby, on which no scratch database can be created"), "\(alone)")
    #expect(alone.errors.contains("hint: set `scratch_url` in [ext.migrations]"), "\(alone)")

    let other = try PostgreSQLCluster.shared()
    let scratch = try other.database()
    try project.write(configuration(stores, "scratch_url = \"\(scratch)\""), to: "metaxy.toml")
    let helped = try project.run("--store standby check")
    #expect(helped.output == "in sync: the database is what the definitions ask for\n", "\(helped)")
    try other.drop(scratch)
  }
}
