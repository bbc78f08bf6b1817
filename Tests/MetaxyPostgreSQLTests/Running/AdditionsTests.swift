import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

/// Sections that can only add something run without a comparison of the catalog; no other section is taken for one.
@Suite(.timed) struct AdditionsTests {
  private static func additions(_ statements: [String]) throws -> PostgreSQLAdditions? {
    PostgreSQLAdditions(try statements.map { try SQLTokenizer.tokens(of: $0, lexicon: .postgresql) })
  }

  @Test func tablesAndColumnsOfTheServersTypesAreAdditions() throws {
    let found = try #require(
      try Self.additions([
        """
        CREATE TABLE "Video" (id BIGINT NOT NULL, name VARCHAR(40) DEFAULT 'a, b', at timestamp with time zone,
          score double precision DEFAULT 1.5, price numeric(10, 2) UNIQUE, ok boolean DEFAULT TRUE NOT NULL,
          CONSTRAINT video_pkey PRIMARY KEY (id), UNIQUE (name, "At"))
        """,
        "CREATE UNIQUE INDEX i ON \"Video\" (name, at)", "ALTER TABLE \"Video\" ADD COLUMN x jsonb",
        "ALTER TABLE s.tag ADD a TIMESTAMP, ADD COLUMN b uuid NULL",
      ]))
    #expect(found.created == [TableName("Video")])
    #expect(found.altered == [TableName("tag", schema: "s")])
  }

  @Test(arguments: [
    "CREATE TABLE IF NOT EXISTS a (n int)", "CREATE TABLE a AS SELECT 1", "CREATE TABLE a (LIKE text)",
    "CREATE TABLE a (n int CHECK (f(n)))", "CREATE TABLE a (n int DEFAULT f())",
    "CREATE TABLE a (n int DEFAULT 1 + f())",
    "CREATE TABLE a (n int DEFAULT '1'::mine)", "CREATE TABLE a (n mine)", "CREATE TABLE a (n s.text)",
    "CREATE TABLE a (n int REFERENCES b)", "CREATE TABLE a (n int) INHERITS (b)",
    "CREATE TABLE a (n int) PARTITION BY LIST (n)",
    "CREATE TABLE a (n int, EXCLUDE (n WITH =))", "CREATE TABLE a (n text COLLATE mine)", "CREATE TABLE a OF text",
    "CREATE TABLE a (n int GENERATED ALWAYS AS (f()) STORED)", "CREATE TEMP TABLE a (n int)",
    "CREATE TABLE pg_temp.a (n int)",
    "CREATE TABLE a (n int[])",
    "CREATE TABLE a (n int PRIMARY KEY USING INDEX TABLESPACE t)", "CREATE TABLE a (n varchar(f()))",
    "ALTER TABLE a ADD n int DEFAULT 1", "ALTER TABLE a ADD n int NOT NULL", "ALTER TABLE a ADD n serial",
    "ALTER TABLE a ADD IF NOT EXISTS n int", "ALTER TABLE a ADD n int, DROP m", "ALTER TABLE a DROP n",
    "ALTER TABLE a ADD CONSTRAINT text UNIQUE (n)", "ALTER TABLE a ADD PRIMARY KEY (n)", "ALTER TABLE a RENAME TO b",
    "ALTER TABLE ONLY a ADD n int", "CREATE INDEX i ON a (n)", "CREATE INDEX i ON a (lower(n))", "DROP TABLE a",
    "SELECT 1",
    "GRANT ALL ON a TO PUBLIC", "COMMENT ON TABLE a IS 'x'", "INSERT INTO a VALUES (1)",
    "CREATE TABLE \(String(repeating: "a", count: 64)) (n int)",
  ])
  func everyOtherStatementIsMeasured(statement: String) throws {
    #expect(try Self.additions([statement]) == nil)
    #expect(try Self.additions(["CREATE TABLE b (n int)", statement]) == nil)
  }

  @Test func indexesOnNewTablesAreByNamesOfColumns() throws {
    for index in ["(lower(n))", "(n text_ops)", "(n) WHERE f(n)", "(n) INCLUDE (m)", "((n))"] {
      #expect(try Self.additions(["CREATE TABLE a (n text, m text)", "CREATE INDEX i ON a \(index)"]) == nil)
    }
    #expect(try Self.additions([]) == nil)
  }

  /// The failure of a revision, and the rows of `guarded`, after one that is an addition too.
  private static func failure(_ start: String, _ second: String) throws -> MetaxyError? {
    var store = try RevisionStore("CREATE TABLE guarded (n int); INSERT INTO guarded VALUES (1); \(start)")
    store.policy = AccessPolicy { $0.name == "guarded" ? "it is guarded" : nil }
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int);\n-- metaxy:downgrade")
    try store.revision("bb", "-- metaxy:upgrade\n\(second)\n-- metaxy:downgrade")
    do throws(MetaxyError) {
      try store.upgrade()
    } catch {
      #expect(try store.scratch.rows("SELECT n FROM guarded") == ["1"])
      #expect(
        try store.scratch.rows("SELECT count(*) FROM pg_attribute WHERE attrelid = 'guarded'::regclass AND attnum > 0")
          == ["1"])
      return error
    }
    return nil
  }

  @Test(arguments: [
    ("", "ALTER TABLE guarded ADD x int;"),
    ("CREATE TABLE parent (n int); ALTER TABLE guarded INHERIT parent;", "ALTER TABLE parent ADD x int;"),
    (
      """
      CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.b') THEN
          ALTER TABLE guarded ADD x int;
        END IF;
      END $$;
      CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f();
      """, "CREATE TABLE b (n int);"
    ),
  ])
  func whatAnAdditionReachesElsewhereIsMeasured(start: String, second: String) throws {
    let error = try #require(try Self.failure(start, second))
    #expect(((error.cause as? MetaxyError) ?? error).code == .tableRefused, "\(error)")
  }

  @Test func theLogNamesTheTables() throws {
    var store = try RevisionStore("CREATE SCHEMA s; CREATE TABLE old (n int)")
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TABLE public.a (n int);
      CREATE TABLE s.b (n int);
      ALTER TABLE old ADD m int;
      -- metaxy:downgrade
      """)
    try store.upgrade()
    let created = "SELECT replace(tables_created, E'\\n', ',') FROM alembic_version_log"
    #expect(try store.scratch.rows(created) == ["a,s.b"])
  }

  /// A schema of the search path that a revision makes is the first one from then on.
  @Test func aTableInASchemaThatIsNewIsLoggedWithIt() throws {
    var store = try RevisionStore(
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = later, public', current_database()); END $$")
    try store.revision("aa", "-- metaxy:upgrade\nCREATE SCHEMA later;\n-- metaxy:downgrade")
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE t (n int);\n-- metaxy:downgrade")
    try store.upgrade()
    let created = "SELECT tables_created FROM public.alembic_version_log WHERE revision = 'bb'"
    #expect(try store.scratch.rows(created) == ["later.t"])
  }

  /// What is known from before an addition is still known after it, with the additions.
  @Test func aSectionAfterAnAdditionIsMeasured() throws {
    for (third, loss) in [
      ("DO $$ BEGIN EXECUTE 'DROP TABLE old'; END $$;", "the table `old` with its 2 rows"),
      ("DO $$ BEGIN EXECUTE 'ALTER TABLE old DROP n'; END $$;", "the column `old.n` with its 2 values"),
    ] {
      var store = try RevisionStore("CREATE TABLE old (n int); INSERT INTO old VALUES (1), (2)")
      try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE a (n int DEFAULT length('a'));\n-- metaxy:downgrade")
      try store.revision(
        "bb", "-- metaxy:upgrade\nCREATE TABLE b (n int);\nALTER TABLE old ADD m int;\n-- metaxy:downgrade")
      try store.revision(
        "cc", "-- metaxy:upgrade\nUPDATE old SET m = n;\nINSERT INTO b VALUES (1);\n-- metaxy:downgrade")
      try store.revision("dd", "-- metaxy:upgrade\n\(third)\n-- metaxy:downgrade")
      let error = #expect(throws: MetaxyError.self) { try store.upgrade(allowsLoss: false) }
      #expect(error?.message.contains(loss) == true, "\(String(describing: error))")
      #expect(try store.versions() == ["cc"])
    }
  }
}
