import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

/// What the statements of a revision may do to tables that are outside its environment's business: nothing.
@Suite(.timed) struct IsolationTests {
  private static let setup = """
    CREATE TABLE "sys events" (id int PRIMARY KEY, kind text);
    INSERT INTO "sys events" VALUES (1, 'a'), (2, 'b');
    CREATE INDEX "sys kind" ON "sys events" (kind);
    CREATE TABLE "sys empty" (id int PRIMARY KEY, parent int);
    CREATE TABLE own (id int PRIMARY KEY, event int);
    INSERT INTO own VALUES (1, 1);
    ALTER TABLE "sys empty" ADD FOREIGN KEY (parent) REFERENCES own ON DELETE CASCADE;
    CREATE VIEW through AS SELECT * FROM "sys events";
    CREATE FUNCTION remove() RETURNS int LANGUAGE plpgsql AS $$
      BEGIN EXECUTE 'DELETE FROM ' || quote_ident('sys ' || 'events'); RETURN 1; END $$;
    CREATE FUNCTION on_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN UPDATE "sys events" SET kind = 'c'; RETURN NULL; END $$;
    """

  private static let policy = AccessPolicy { table in
    if table.name.hasPrefix("sys ") { return "it is the system's" }
    return table.name.hasPrefix("alembic_version") ? "it is a version or log table" : nil
  }

  /// A table that may not be touched, beside tables with the same displayed name, in another schema, and with capitals.
  @Test(
    arguments: [
      (#"INSERT INTO a.b VALUES (1); DROP TABLE a.b; ALTER TABLE "A.B" ADD c int; DROP TABLE "A.B";"#, nil),
      (#"INSERT INTO "a.b" VALUES (1);"#, "insert into `a.b`"), (#"ALTER TABLE "a.b" ADD c int;"#, "alter `a.b`"),
      (#"ALTER TABLE a.b SET SCHEMA public; ALTER TABLE b RENAME TO "a.c"; DROP TABLE "a.b";"#, "drop `a.b`"),
      (#"CREATE TABLE m.alembic_version (n int);"#, "create `m.alembic_version`"),
      (#"CREATE TABLE a.alembic_version (n int);"#, nil),
    ] as [(String, String?)])
  func oneTableIsRefusedAndNotItsNamesake(_ statements: String, _ refused: String?) throws {
    var store = try RevisionStore(
      #"""
      CREATE SCHEMA a; CREATE TABLE a.b (n int); CREATE TABLE "a.b" (n int); CREATE TABLE "A.B" (n int); CREATE SCHEMA m;
      """#)
    store.policy = AccessPolicy { table in
      ["a.b", TableName("alembic_version", schema: "m")].contains(table) ? "it is kept" : nil
    }
    try store.revision("aa", "-- metaxy:upgrade\n\(statements)\n-- metaxy:downgrade")
    let error = failure { () throws(MetaxyError) in try store.upgrade() }
    let cause = error?.cause as? MetaxyError ?? error
    #expect(cause?.message == refused.map { "this environment must not \($0): it is kept" })
  }

  private func store(_ setup: String = setup) throws -> RevisionStore {
    var store = try RevisionStore(setup)
    store.policy = Self.policy
    return store
  }

  /// The refused tables: their catalog and their rows.
  private func digest(_ store: RevisionStore) throws -> [String] {
    try store.scratch.rows(
      """
      SELECT c.relname, c.relfilenode, c.relnamespace, pg_get_indexdef(i.indexrelid) FROM pg_class AS c
      LEFT JOIN pg_index AS i ON i.indrelid = c.oid WHERE c.relname LIKE 'sys%' ORDER BY 1, 4;
      SELECT attrelid, attname, atttypid, attnotnull FROM pg_attribute
      WHERE attrelid IN (SELECT oid FROM pg_class WHERE relname LIKE 'sys%') AND attnum > 0 ORDER BY 1, attnum;
      SELECT tgname FROM pg_trigger WHERE NOT tgisinternal;
      SELECT * FROM "sys events" ORDER BY 1; SELECT * FROM "sys empty"
      """)
  }

  private func refusal(_ statements: String, _ attributes: String = "") throws -> MetaxyError? {
    var store = try store()
    try store.revision("aa", "-- metaxy:upgrade\n-- metaxy:downgrade")
    try store.upgrade()
    let before = try digest(store)
    try store.revision("bb", "-- metaxy:upgrade postgresql\(attributes)\n\(statements)\n-- metaxy:downgrade postgresql")
    let error = failure { () throws(MetaxyError) in try store.upgrade() }
    #expect(try digest(store) == before)
    #expect(try store.versions() == ["aa"])
    #expect(try store.scratch.rows("SELECT count(*) FROM own WHERE event = 77") == ["0"])
    return error
  }

  @Test(arguments: [
    (#"DELETE FROM "sys events";"#, "delete from `sys events`"),
    (#"INSERT INTO "sys events" VALUES (3, 'c');"#, "insert into `sys events`"),
    (#"UPDATE "sys events" SET kind = 'c' WHERE id = 1;"#, "update `sys events`"),
    (#"DELETE FROM "sys empty";"#, "write to `sys empty`"),
    (#"TRUNCATE "sys events";"#, "empty `sys events`"),
    (#"DROP TABLE "sys events" CASCADE;"#, "drop `sys events`"),
    (#"ALTER TABLE "sys events" ADD extra int;"#, "alter `sys events`"),
    (#"DROP VIEW through; ALTER TABLE "sys events" ALTER kind TYPE varchar(9);"#, "alter `sys events`"),
    (#"ALTER TABLE "sys events" RENAME TO mine;"#, "alter `sys events`"),
    (#"ALTER TABLE "sys events" RENAME kind TO mine;"#, "alter `sys events`"),
    (#"CREATE SCHEMA s; ALTER TABLE "sys events" SET SCHEMA s;"#, "alter `sys events`"),
    (#"CREATE INDEX mine ON "sys events" (id);"#, "alter `sys events`"),
    (#"DROP INDEX "sys kind";"#, "alter `sys events`"),
    (#"COMMENT ON TABLE "sys events" IS 'mine';"#, "alter `sys events`"),
    (#"ALTER TABLE "sys events" SET (fillfactor = 50);"#, "alter `sys events`"),
    (#"CREATE TRIGGER mine AFTER INSERT ON "sys events" EXECUTE FUNCTION on_change();"#, "alter `sys events`"),
    (#"CREATE TABLE mine () INHERITS ("sys events");"#, "alter `sys events`"),
    (#"CREATE TABLE "sys mine" (n int);"#, "create `sys mine`"),
    (#"CREATE VIEW "sys mine" AS SELECT 1;"#, "create `sys mine`"),
    (#"ALTER TABLE own RENAME TO "sys own";"#, "create `sys own`"),
    // Indirect accesses.
    ("SELECT remove();", "delete from `sys events`"),
    ("DO $$ BEGIN PERFORM remove(); END $$;", "delete from `sys events`"),
    ("WITH gone AS (SELECT remove()) INSERT INTO own SELECT remove + 50, 77 FROM gone;", "delete from `sys events`"),
    ("DELETE FROM through WHERE id = 1;", "delete from `sys events`"),
    ("DELETE FROM own;", "write to `sys empty`"),
    ("TRUNCATE own CASCADE;", "empty `sys empty`"),
    (#"DROP OWNED BY CURRENT_USER CASCADE;"#, ""),
    (
      "CREATE TRIGGER t AFTER INSERT ON own EXECUTE FUNCTION on_change(); INSERT INTO own VALUES (9, 77);",
      "update `sys events`"
    ),
    (
      """
      CREATE CONSTRAINT TRIGGER t AFTER INSERT ON own DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        EXECUTE FUNCTION on_change();
      INSERT INTO own VALUES (9, 77);
      """, "update `sys events`"
    ),
    ("SELECT set_config('search_path', '', false); SELECT public.remove();", ""),
    (#"SELECT set_config('search_path', '', false); DELETE FROM public."sys events";"#, "delete from `sys events`"),
    // Rights, and the catalog itself, as superusers can change it.
    (#"GRANT DELETE ON "sys events" TO PUBLIC;"#, "grant or revoke rights on `sys events`"),
    (#"GRANT UPDATE (kind) ON "sys events" TO PUBLIC;"#, "grant or revoke rights on `sys events`"),
    (#"REVOKE ALL ON "sys events" FROM CURRENT_USER;"#, "grant or revoke rights on `sys events`"),
    ("GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;", "grant or revoke rights on"),
    (#"UPDATE pg_class SET relname = 'mine' WHERE relname = 'sys events';"#, "`pg_class`"),
    (#"DELETE FROM pg_attribute WHERE attrelid = '"sys events"'::regclass AND attname = 'kind';"#, "`pg_attribute`"),
    ("DO $$ BEGIN DELETE FROM pg_index WHERE indexrelid = '\"sys kind\"'::regclass; END $$;", "`pg_index`"),
    ("UPDATE pg_trigger SET tgenabled = 'D' WHERE false;", "`pg_trigger`"),
    // Code that runs later.
    (
      """
      CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM "sys events"; RETURN NULL; END $$;
      """, "let a function, trigger or rule change `sys events`"
    ),
    (
      """
      CREATE PROCEDURE later() LANGUAGE sql AS 'TRUNCATE public."sys events"';
      """, "let a function, trigger or rule change `sys events`"
    ),
    (
      """
      CREATE OR REPLACE FUNCTION remove() RETURNS int LANGUAGE plpgsql AS $$
        BEGIN EXECUTE 'UPDATE ONLY "sys events" SET kind = NULL'; RETURN 1; END $$;
      """, "let a function, trigger or rule change `sys events`"
    ),
    (
      "CREATE TRIGGER t AFTER INSERT ON own EXECUTE FUNCTION on_change();",
      "let a function, trigger or rule change `sys events`"
    ),
    (
      // The rule locks the table as its statement will.
      #"CREATE RULE r AS ON INSERT TO own DO ALSO DELETE FROM "sys events";"#, "write to `sys events`"
    ),
    (
      """
      CREATE FUNCTION at_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO alembic_version VALUES ('zz'); END $$;
      CREATE EVENT TRIGGER later ON ddl_command_end EXECUTE FUNCTION at_ddl();
      """, ""
    ),
    // The version and log tables.
    ("DELETE FROM alembic_version;", "delete from `alembic_version`"),
    ("INSERT INTO alembic_version VALUES ('zz');", "insert into `alembic_version`"),
    ("UPDATE alembic_version_log SET error = 'x';", "update `alembic_version_log`"),
    ("DROP TABLE alembic_version_log;", "drop `alembic_version_log`"),
  ])
  func aStatementIsRefused(_ statements: String, _ what: String) throws {
    let error = try #require(try refusal(statements))
    guard !what.isEmpty else { return }  // PostgreSQL itself refuses it
    let innermost = (error.cause as? MetaxyError) ?? error
    if what.hasPrefix("`pg_") {
      #expect(innermost.code == .refusedInRevision)
      #expect(innermost.message.contains("the system catalog \(what)"), "\(innermost.message)")
      return
    }
    #expect(innermost.code == .tableRefused)
    #expect(innermost.message.hasPrefix("this environment must not \(what)"), "\(innermost.message)")
  }

  @Test(arguments: [
    (#"CREATE INDEX CONCURRENTLY mine ON "sys events" (id);"#, "sys events"),
    (#"CREATE INDEX ON public."sys events" (id);"#, "sys events"),
    (#"DROP INDEX CONCURRENTLY "sys kind";"#, "sys events"),
    (#"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "on" ON ONLY alembic_version (version_num);"#, "alembic_version"),
  ])
  func outsideTransactionsItIsRefusedBeforehand(_ statement: String, _ table: String) throws {
    let error = try refusal(statement, " transaction:false")
    #expect((error?.cause as? MetaxyError)?.code == .tableRefused)
    #expect((error?.cause as? MetaxyError)?.message.contains("alter `\(table)`") == true)
  }

  @Test func anEnumTypeOfTheirsIsNotExtended() throws {
    var store = try store(
      Self.setup + "CREATE TYPE mood AS ENUM ('a'); ALTER TABLE \"sys events\" ADD mood mood[];")
    try store.revision(
      "aa",
      "-- metaxy:upgrade postgresql transaction:false\nALTER TYPE mood ADD VALUE 'b';\n-- metaxy:downgrade postgresql")
    let error = failure { () throws(MetaxyError) in try store.upgrade() }
    #expect((error?.cause as? MetaxyError)?.code == .tableRefused)
    #expect(try store.scratch.rows("SELECT enumlabel FROM pg_enum") == ["a"])
  }

  /// As SQLite allows it, too.
  @Test func readingThemAndReferringToThemIsFree() throws {
    var store = try store()
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      INSERT INTO own SELECT id + 10, id FROM "sys events";
      SELECT * FROM "sys events" FOR UPDATE;
      ALTER TABLE own ADD FOREIGN KEY (event) REFERENCES "sys events";
      CREATE FUNCTION read_them() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
        UPDATE own SET event = (SELECT min(id) FROM "sys events") WHERE false; RETURN 1; END $$;
      GRANT SELECT ON own TO PUBLIC;
      CREATE TYPE colour AS ENUM ('a'); ALTER TYPE colour RENAME VALUE 'a' TO 'b';
      CREATE DOMAIN positive AS int; ALTER DOMAIN positive ADD CHECK (VALUE > 0);
      CREATE TABLE parts (n int) PARTITION BY LIST (n);
      CREATE TABLE part (n int); ALTER TABLE parts ATTACH PARTITION part FOR VALUES IN (1);
      COMMENT ON TABLE parts IS 'x'; ALTER TABLE parts RENAME TO portions; DROP TABLE portions;
      INSERT INTO own VALUES (20, 2);
      LOCK TABLE "sys events" IN SHARE MODE;
      ANALYZE;
      DO $$ BEGIN DELETE FROM "sys events"; RAISE 'no'; EXCEPTION WHEN OTHERS THEN NULL; END $$;
      CREATE VIEW both_of_them AS SELECT kind FROM own JOIN "sys events" AS s ON s.id = event;
      -- metaxy:upgrade postgresql transaction:false
      VACUUM "sys events";
      REINDEX TABLE "sys events";
      CREATE INDEX CONCURRENTLY own_event ON own (event);
      -- metaxy:downgrade
      """)
    try store.upgrade()
    #expect(try store.scratch.rows("SELECT count(*) FROM both_of_them") == ["4"])
  }

  @Test func otherProgramsGoOnWritingToThem() throws {
    var store = try store()
    try store.revision(
      "aa", "-- metaxy:upgrade\nINSERT INTO own VALUES (2, 2);\nINSERT INTO own VALUES (3, 2);\n-- metaxy:downgrade")
    let scratch = store.scratch
    try store.upgrade(
      around: { connection in
        MeddlingConnection(connection) { sql in
          guard sql.contains("(3, 2)") else { return }
          _ = try? scratch.rows(
            """
            INSERT INTO "sys events" SELECT n, 'x' FROM generate_series(10, 500) AS n; DELETE FROM "sys events" WHERE id = 1;
            CREATE INDEX theirs ON "sys events" (kind); CREATE TABLE "sys new" (n int); TRUNCATE "sys new";
            CREATE TABLE unowned (n int)
            """)
        }
      })
    #expect(try scratch.rows("SELECT count(*) FROM \"sys events\"") == ["492"])
    // Nor are the tables that they make taken for the revision's.
    #expect(try scratch.rows("SELECT tables_created = '' FROM alembic_version_log") == ["t"])
    #expect(try scratch.rows("SELECT to_regclass('unowned'), to_regclass('theirs')") == ["unowned|theirs"])
  }

  @Test func tablesThatComeAndGoAreLogged() throws {
    var store = try RevisionStore(
      "CREATE SCHEMA s; CREATE SCHEMA t; CREATE TABLE t.moved (n int); CREATE TABLE old (n int)")
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TABLE a (n int);
      CREATE TABLE s.b (n int);
      CREATE TEMPORARY TABLE passing (n int);
      CREATE VIEW v AS SELECT * FROM a;
      ALTER TABLE old RENAME TO "New";
      ALTER SCHEMA t RENAME TO u;
      -- metaxy:downgrade
      """)
    try store.upgrade()
    #expect(
      try store.scratch.rows("SELECT tables_created, tables_dropped FROM alembic_version_log") == [
        "New", "a", "s.b", "u.moved|old", "t.moved",
      ])
  }

  @Test func itIsSeenBehindHundredsOfStatements() throws {
    var store = try store()
    let many = (1...300).map { "INSERT INTO own VALUES (\($0 + 100), 1);" }.joined(separator: "\n")
    try store.revision("aa", "-- metaxy:upgrade\n\(many)\nDELETE FROM \"sys events\";\n-- metaxy:downgrade")
    let error = failure { () throws(MetaxyError) in try store.upgrade() }
    #expect(error?.code == .tableRefused)
    #expect(try store.scratch.rows("SELECT count(*) FROM \"sys events\"") == ["2"])
  }

  @Test func theSessionIsAsItWasAfterASection() throws {
    var store = try RevisionStore("CREATE ROLE \(role); GRANT CREATE ON SCHEMA public TO \(role)")
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      SELECT pg_catalog.set_config('search_path', '', false);
      SET statement_timeout = '1h';
      SET ROLE \(role);
      CREATE TABLE public.a (n int);
      -- metaxy:upgrade
      CREATE TABLE b AS SELECT current_user::text AS u, current_setting('statement_timeout') AS t;
      -- metaxy:downgrade
      """)
    try store.upgrade()
    #expect(try store.versions() == ["aa"])
    #expect(try store.scratch.rows("SELECT t, u = session_user FROM b") == ["0|t"])
    _ = try store.scratch.rows("DROP OWNED BY \(role); DROP ROLE \(role)")
  }

  private let role = "metaxy_isolated_\(UInt32.random(in: 0...UInt32.max))"
}
