import Foundation
import MetaxyTestSupport
import Testing

/// What a `.sql` entrypoint can reach: nothing but its scratch database. The store's role may do everything on its server.
@Suite(.timed) struct SandboxTests {
  private static let probe = "CREATE TABLE probe (id int);\n"

  @Test func thereAreEnoughAttacks() {
    #expect(SandboxAttack.postgresql.count + SandboxAttack.code.count >= 60)
    #expect(SandboxAttack.sqlite.count >= 30)
  }

  private func expect(_ attack: SandboxAttack, _ run: ChildProcess) {
    switch attack.outcome {
    case .refused(let kind):
      #expect(run.status == 1, "\(run.output)\(run.errors)")
      let message = "1: error: `\(kind)` cannot be in a `.sql` entrypoint: "
      let place = run.errors.split(separator: "\n").first { $0.contains(message) }
      #expect(place?.hasPrefix("app.sql:") == true, "\(run.errors)")
    case .fails(let reason):
      #expect(run.status == 1, "\(run.output)\(run.errors)")
      #expect(run.errors.contains(reason) && run.errors.contains("app.sql:"), "\(run.errors)")
    case .harmless: #expect(run.status == 0 || run.status == 2, "\(run.output)\(run.errors)")
    }
  }

  /// A server that others use must not be attacked.
  private static let serverIsOwn = ProcessInfo.processInfo.environment["METAXY_TEST_POSTGRESQL_URL"] == nil

  @Test(.enabled(if: serverIsOwn)) func statementsThatReachTheServerAreRefused() throws {
    let cluster = try PostgreSQLCluster.shared()
    let victim = try EmptyDatabase(on: .postgresql)
    let name = try #require(try victim.rows("SELECT current_database()").first)
    let project = try EntrypointProject("", on: .postgresql)
    for attack in SandboxAttack.postgresql where !attack.works {
      try project.write(Self.probe + attack.sql.replacingOccurrences(of: "{name}", with: name), to: "app.sql")
      expect(attack, try project.run("check"))
    }
    #expect(try cluster.query(Self.traces(of: name), at: cluster.url).isEmpty)
    #expect(try victim.rows("SELECT current_database()") == [name])
  }

  @Test(.enabled(if: serverIsOwn), arguments: SandboxAttack.postgresql.filter(\.works) + SandboxAttack.code)
  func aServerIsOutOfReach(_ attack: SandboxAttack) throws {
    let cluster = try PostgreSQLCluster.shared()
    let victim = try EmptyDatabase(on: .postgresql)
    try victim.rows("CREATE TABLE kept (id int)")
    let name = try #require(try victim.rows("SELECT current_database()").first)
    let sql =
      attack.sql
      .replacingOccurrences(
        of: "{effect}", with: "length((pg_create_physical_replication_slot('{name}')).slot_name::text)"
      )
      .replacingOccurrences(of: "{name}", with: name)
    let project = try EntrypointProject(Self.probe + sql, on: .postgresql)
    let live = "CREATE SEQUENCE live; SELECT setval('live', 50); CREATE TABLE live_rows AS SELECT 1 AS id"
    try project.database.rows(live)

    func hasEffect() throws -> Bool {
      try !cluster.query(
        """
        SELECT 1 FROM pg_stat_file('\(name)', true) AS s WHERE s.size IS NOT NULL
        UNION ALL SELECT 1 FROM pg_replication_slots WHERE slot_name = '\(name)'
        """, at: cluster.url
      ).isEmpty
    }
    if attack.works {
      // Otherwise the attack would prove nothing.
      let open = try EmptyDatabase(on: .postgresql)
      try PartialServer.requireParts(of: sql, named: "\(attack)", on: open)
      _ = try? open.rows(Self.probe + sql)
      #expect(try hasEffect(), "the attack has no effect outside metaxy")
      _ = try cluster.query(
        """
        COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; rm -f \(name)';
        SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '\(name)'
        """, at: cluster.url)
    }
    expect(attack, try project.run("check"))

    #expect(try !hasEffect())
    #expect(try victim.rows("SELECT count(*) FROM kept") == ["0"])
    #expect(try project.database.rows("SELECT last_value FROM live") == ["50"])
    #expect(try project.database.rows("SELECT id FROM live_rows") == ["1"])
    #expect(try cluster.query(Self.traces(of: name), at: cluster.url).isEmpty)
  }

  /// A query for what the attacks would leave on the server.
  private static func traces(of name: String) -> String {
    """
    SELECT datname FROM pg_database WHERE datname = '\(name)_pwned'
    UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, '\(name)_')
    UNION ALL SELECT spcname FROM pg_tablespace WHERE spcname = '\(name)'
    UNION ALL SELECT gid FROM pg_prepared_xacts WHERE gid = '\(name)'
    UNION ALL SELECT array_to_string(setconfig, ',') FROM pg_db_role_setting WHERE setconfig::text LIKE '%work_mem%'
    UNION ALL SELECT name FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'
    UNION ALL SELECT description FROM pg_shdescription WHERE description = 'pwned'
    """
  }

  @Test(arguments: SandboxAttack.sqlite)
  func filesAreOutOfReach(_ attack: SandboxAttack) throws {
    let project = try EntrypointProject(Self.probe + attack.sql, on: .sqlite)
    try project.database.rows("CREATE TABLE live_rows (id); INSERT INTO live_rows VALUES (1)")
    try project.write("kept", to: "victim.db")
    let before = try files(in: project)
    expect(attack, try project.run("check"))
    #expect(try files(in: project) == before)
    #expect(try String(contentsOfFile: "\(project.path)/victim.db", encoding: .utf8) == "kept")
    #expect(try project.database.rows("SELECT id FROM live_rows") == ["1"])
  }

  private func files(in project: EntrypointProject) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: project.path).sorted()
  }

  @Test func everyRefusedStatementIsListedBeforeAnythingRuns() throws {
    let project = try EntrypointProject(
      "CREATE TABLE broken (id nope);\nDROP DATABASE a;\nDO $$ BEGIN END $$;\n", on: .postgresql)
    let run = try project.run("check", status: 1)
    #expect(run.errors.contains("app.sql:2:1: error: `DROP DATABASE` cannot"), "\(run.errors)")
    #expect(run.errors.contains("app.sql:3:1: error: `DO` cannot"), "\(run.errors)")
    #expect(!run.errors.contains("nope\""), "\(run.errors)")
  }
}
