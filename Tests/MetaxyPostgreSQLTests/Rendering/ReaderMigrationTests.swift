import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// What reads tables and is nobody's definition: materialized views, whose indexes are, and row policies.
@Suite(.timed) struct ReaderMigrationTests {
  @Test(arguments: [true, false])
  func indexesOfAMaterializedViewComeAndGo(isOnline: Bool) throws {
    let view = "CREATE TABLE t (a int, b text); CREATE MATERIALIZED VIEW s.m AS SELECT a, b FROM t;"
    let migration = try Migration(
      from: """
        CREATE SCHEMA s; \(view) CREATE INDEX m_old ON s.m (a); CREATE INDEX m_kept ON s.m (b DESC);
        CREATE INDEX m_changed ON s.m (a) WHERE a > 1; COMMENT ON INDEX s.m_kept IS 'before';
        """,
      to: """
        CREATE SCHEMA s; \(view) CREATE INDEX m_kept ON s.m (b DESC); COMMENT ON INDEX s.m_kept IS 'after';
        CREATE INDEX m_changed ON s.m (a) WHERE a > 2; CREATE UNIQUE INDEX m_new ON s.m (lower(b)) INCLUDE (a);
        """, isOnline: isOnline)
    #expect(
      migration.operations.map(\.description) == [
        "remove_index m_old", "remove_index m_changed", "add_index m_changed", "add_index m_new",
        "add_index_comment m_kept",
      ])
    try migration.goThereAndBack()
  }

  @Test func aViewThatIsOnlyOnOneSideIsLeftAlone() throws {
    let table = "CREATE TABLE t (a int);"
    let plain = "CREATE VIEW m AS SELECT a FROM t;"
    let materialized = "CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX ix ON m (a);"
    for (before, after) in [(materialized, ""), ("", materialized), (plain, materialized), (materialized, plain)] {
      let migration = try Migration(from: table + before, to: table + after)
      #expect(migration.operations.map(\.description) == [], "\(before) -> \(after)")
    }
  }

  private static let policies = """
    CREATE TABLE other (n int); ALTER TABLE other ENABLE ROW LEVEL SECURITY; ALTER TABLE t ENABLE ROW LEVEL SECURITY;
    CREATE POLICY "mine; --" ON t AS RESTRICTIVE FOR SELECT TO CURRENT_USER, pg_monitor USING (a > 0);
    CREATE POLICY twofold ON t USING (a > 0 OR g > 1) WITH CHECK (b IS NOT NULL); COMMENT ON POLICY twofold ON t IS 'it''s';
    CREATE POLICY far ON other FOR INSERT WITH CHECK (EXISTS (SELECT FROM t WHERE t.a = n));
    CREATE POLICY apart ON t FOR DELETE USING (b = 'x');
    """
  private static let found = """
    SELECT p.*, obj_description(o.oid, 'pg_policy') FROM pg_policies AS p JOIN pg_policy AS o
      ON o.polname = p.policyname AND o.polrelid = format('%I.%I', schemaname, tablename)::regclass ORDER BY tablename, policyname
    """

  @Test func rowPoliciesStandAsideWhileAColumnGetsAnotherType() throws {
    let generated = "g int GENERATED ALWAYS AS (a + 1) STORED"
    let migration = try Migration(
      from: "CREATE TABLE t (a int, b text, \(generated)); \(Self.policies) INSERT INTO t VALUES (5, 'x')",
      to: """
        CREATE TABLE t (a bigint, b text, \(generated)); CREATE TABLE other (n int);
        ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE other ENABLE ROW LEVEL SECURITY;
        """)
    let before = try migration.live.rows(Self.found)
    #expect(try migration.live.rows("SELECT count(*) FROM pg_policies") == ["4"])
    let statements = try migration.upgradeSections().flatMap(\.statements)
    #expect(
      statements.filter { $0.sql.hasPrefix("DROP POLICY") }.map(\.sql) == [
        #"DROP POLICY "twofold" ON "t""#, #"DROP POLICY "mine; --" ON "t""#, #"DROP POLICY "far" ON "other""#,
      ])
    #expect(statements[2].notes == ["the row policy `far` on `other` depends on t.a and is restored"])
    try migration.upgrade()
    #expect(try migration.live.rows("SELECT pg_typeof(a), g FROM t") == ["bigint|6"])
    #expect(try migration.live.rows(Self.found) == before)
    try migration.downgrade()
    #expect(try migration.live.rows("SELECT pg_typeof(a), g FROM t") == ["integer|6"])
    #expect(try migration.live.rows(Self.found) == before)
  }

  @Test(arguments: [
    (
      "CREATE TABLE t (b text, c int); CREATE TABLE other (n int)",
      "the row policy `far` on `other`, the row policy `mine; --` on `t`, the row policy `twofold` on `t` depend on it: "
    ),
    ("CREATE TABLE other (n int)", "the row policy `far` on `other` depends on it: "),
  ])
  func aRowPolicyThatWouldHaveToGoIsNamed(to after: String, named: String) throws {
    let migration = try Migration(
      from: """
        CREATE TABLE t (a int, b text, g int, c int GENERATED ALWAYS AS (length(b)) STORED); \(Self.policies)
        ALTER TABLE t DROP COLUMN g CASCADE; CREATE POLICY twofold ON t USING (a > 0);
        CREATE POLICY last ON t FOR UPDATE USING (c > 0);
        """, to: after)
    let error = #expect(throws: MetaxyError.self) { try migration.upgradeSections() }
    #expect(error?.code == .dependentPolicies)
    #expect(error?.message.contains("cannot be done while \(named)") == true, "\(error?.message ?? "")")
  }

  /// A view cannot come back with a value that its type has lost.
  @Test(arguments: [
    ("'ok'", true), ("'sad'", false),
  ])
  func aViewWithARemovedValueIsNamed(value: String, isRefused: Bool) throws {
    let migration = try Migration(
      from: """
        CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (m mood);
        CREATE VIEW fine AS SELECT m FROM t WHERE m = \(value);
        """,
      to: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood)")
    guard isRefused else {
      try migration.upgrade()
      #expect(try migration.live.rows("SELECT count(*) FROM fine") == ["0"])
      return
    }
    let error = #expect(throws: MetaxyError.self) { try migration.upgradeSections() }
    #expect(error?.code == .dependentViews)
    #expect(
      error?.message.contains(
        "while the view `fine` depends on it: its definition has the value `ok`, which is removed")
        == true, "\(error?.message ?? "")")
  }
}
