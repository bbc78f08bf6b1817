import MetaxyDatabase
import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct SchemaObjectsIntrospectionTests {
  @Test func tablesAreReadWithWhatIsSaidOfThem() throws {
    let schema = try ScratchDatabase(
      """
      CREATE SCHEMA "Arch ive"; CREATE TABLE "Arch ive"."t.t" (a int); CREATE TABLE t (a int); CREATE TABLE "T" (b int);
      CREATE UNLOGGED TABLE fast (a text) WITH (fillfactor = 70, toast.autovacuum_enabled = off);
      COMMENT ON TABLE t IS 'it''s'; CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1
      """
    ).schema()
    #expect(schema.sorted.map(\.name) == ["T", "fast", "t", TableName("t.t", schema: "Arch ive")])
    #expect(schema["t"]?.comment == "it's")
    #expect(schema["fast"]?.options == [.unlogged])
    #expect(schema["fast"]?.storage == ["fillfactor": "70", "toast.autovacuum_enabled": "off"])
    #expect(schema.namespaces == ["Arch ive"])
  }

  @Test func unqualifiedNamesAreInTheFirstSchemaOfTheSearchPath() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE SCHEMA app; CREATE TABLE app.t (id int PRIMARY KEY); CREATE TABLE public.t (id int REFERENCES app.t);
      CREATE TYPE app.mood AS ENUM ('ok')
      """)
    let database = scratch.database("\(scratch.url)?options=-csearch_path%3Dapp")
    let schema = try database.introspect(database.openForReading()) { _ in false }.definition
    #expect(schema.sorted.map(\.name) == ["t", TableName("t", schema: "public")])
    #expect(schema[TableName("t", schema: "public")]?.foreignKeys.map(\.table) == ["t"])
    #expect(Array(schema.enums.keys) == ["mood"])
    #expect(schema.namespaces.isEmpty)
  }

  @Test func enumTypesKeepTheOrderOfTheirValues() throws {
    let schema = try ScratchDatabase(
      """
      CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TYPE mood ADD VALUE 'it''s fine' BEFORE 'ok'; CREATE TYPE none AS ENUM ();
      CREATE SCHEMA s; CREATE TYPE s.mood AS ENUM ('x'); COMMENT ON TYPE mood IS 'how'; CREATE TYPE row AS (a int)
      """
    ).schema()
    #expect(
      schema.enums == [
        "mood": EnumType(name: "mood", values: ["sad", "it's fine", "ok"], comment: "how"),
        "none": EnumType(name: "none", values: []),
        TableName("mood", schema: "s"): EnumType(name: TableName("mood", schema: "s"), values: ["x"]),
      ])
  }

  @Test func sequencesStandByThemselves() throws {
    let schema = try ScratchDatabase(
      """
      CREATE SEQUENCE a; CREATE SEQUENCE b AS smallint START 7 INCREMENT 3 MINVALUE 2 MAXVALUE 99 CACHE 5 CYCLE;
      CREATE SEQUENCE c INCREMENT -1; CREATE TABLE t (n bigint); CREATE SEQUENCE d OWNED BY t.n;
      COMMENT ON SEQUENCE a IS 'counts'
      """
    ).schema()
    #expect(
      schema.sequences == [
        "a": SequenceDefinition(name: "a", comment: "counts"),
        "b": SequenceDefinition(
          name: "b", type: .smallint,
          options: SequenceOptions(start: 7, increment: 3, minimum: 2, maximum: 99, cache: 5, cycles: true)),
        "c": SequenceDefinition(name: "c", options: SequenceOptions(increment: -1)),
        "d": SequenceDefinition(name: "d", owner: .init(table: "t", column: "n")),
      ])
  }

  @Test func theSequencesOfATableLeftOutAreLeftOutToo() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE t (n bigint); CREATE SEQUENCE d OWNED BY t.n; CREATE TABLE u (n serial)")
    let schema = try scratch.schema { $0 == "t" }
    #expect(schema.sorted.map(\.name) == ["u"])
    #expect(schema.sequences.isEmpty)
  }

  @Test func partitionsHaveTheirBoundAndOnlyWhatIsTheirOwn() throws {
    let live = try ScratchDatabase(
      """
      CREATE SCHEMA s; CREATE TABLE u (id int PRIMARY KEY);
      CREATE TABLE t (a int NOT NULL CHECK (a > 0) REFERENCES u, b text DEFAULT 'x', PRIMARY KEY (a)) PARTITION BY RANGE (a);
      CREATE TABLE k (a int, b text) PARTITION BY LIST (lower(b) COLLATE "C");
      CREATE INDEX i ON t (b); CREATE TABLE r (id int REFERENCES t);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
      CREATE TABLE s.t1 PARTITION OF t (b DEFAULT 'y' NOT NULL, CONSTRAINT own CHECK (a < 9)) FOR VALUES FROM (1) TO (10);
      CREATE TABLE t2 (a int NOT NULL, b text, CONSTRAINT t_a_check CHECK (a > 0)); CREATE INDEX j ON s.t1 (a, b);
      ALTER TABLE t ATTACH PARTITION t2 DEFAULT;
      """
    ).liveSchema()
    let whole = live.definition
    #expect(whole["t"]?.partitioning == "RANGE (a)")
    #expect(whole["k"]?.partitioning == "LIST (lower(b) COLLATE \"C\")")
    let first = try #require(whole[TableName("t1", schema: "s")])
    #expect(first.partition == Partition(of: "t", bound: "FOR VALUES FROM (1) TO (10)"))
    #expect(first.columns.map(\.name) == ["a", "b"])
    #expect(first.column("b")?.defaultValue == .sql("'y'::text"))
    #expect(first.column("b")?.isNullable == false)
    #expect(first.checks.map(\.expression) == ["a < 9"])
    #expect(first.primaryKey == nil && first.foreignKeys.isEmpty)
    #expect(live.dependents[first.name]?.triggers == [])
    #expect(first.indexes.map(\.name.text) == ["j"])
    let second = try #require(whole["t2"])
    #expect(second.partition == Partition(of: "t", bound: "DEFAULT"))
    #expect(second.checks.isEmpty && second.primaryKey == nil && second.indexes.isEmpty)
    // A key to a partitioned table is one key, though the catalog has one for each partition.
    #expect(whole["r"]?.foreignKeys.count == 1)
  }

  @Test func whatBelongsToAnExtensionIsLeftOut() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE own (n int); CREATE TABLE taken (n serial, m int DEFAULT 5 CHECK (m > 0)); CREATE INDEX i ON taken (m);
      CREATE TYPE mood AS ENUM ('x'); CREATE SEQUENCE s; CREATE SCHEMA ext;
      """)
    // What `CREATE EXTENSION` does for each of its objects.
    _ = try scratch.rows(
      """
      CREATE EXTENSION IF NOT EXISTS plpgsql; ALTER EXTENSION plpgsql ADD TABLE taken; ALTER EXTENSION plpgsql ADD SEQUENCE
      taken_n_seq; ALTER EXTENSION plpgsql ADD TYPE mood; ALTER EXTENSION plpgsql ADD SEQUENCE s;
      ALTER EXTENSION plpgsql ADD SCHEMA ext
      """)
    let schema = try scratch.schema()
    #expect(schema.sorted.map(\.name) == ["own"])
    #expect(schema.enums.isEmpty && schema.sequences.isEmpty && schema.namespaces.isEmpty)
  }

  @Test func temporaryTablesAreNobodysDefinition() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a int)")
    let connection = try scratch.connection()
    try connection.execute("CREATE TEMPORARY TABLE mine (n serial)")
    let schema = try scratch.database().introspect(connection) { _ in false }.definition
    #expect(schema.sorted.map(\.name) == ["t"])
    #expect(schema.sequences.isEmpty)
  }

  @Test func aRoleReadsItsOwnTablesBesideThoseOfOthers() throws {
    let scratch = try ScratchDatabase()
    let role = "own_\(scratch.url.utf8.reduce(0) { ($0 &* 31 &+ UInt32($1)) })"
    _ = try scratch.rows(
      """
      CREATE ROLE \(role); CREATE SCHEMA secret; CREATE TABLE secret.t (id int PRIMARY KEY);
      CREATE TYPE secret.mood AS ENUM ('x'); CREATE SEQUENCE secret.s;
      CREATE TABLE others (id serial PRIMARY KEY, m secret.mood DEFAULT 'x', s int REFERENCES secret.t CHECK (s > 0));
      CREATE VIEW v AS SELECT id FROM others; REVOKE ALL ON SCHEMA secret FROM PUBLIC;
      CREATE TABLE mine (id serial PRIMARY KEY, at int DEFAULT 5); ALTER TABLE mine OWNER TO \(role)
      """)
    let database = scratch.database(owner: role)
    let connection = try database.openForReading()
    #expect(try connection.query("SELECT current_user").first?.first == .text(role))
    let schema = try database.introspect(connection) { $0 == "others" }.definition
    #expect(schema["mine"]?.column("at")?.defaultValue == .sql("5"))
    #expect(schema["mine"]?.column("id")?.identity == Identity(.serial, sequence: "mine_id_seq"))
    let all = try database.introspect(connection) { _ in false }.definition
    let seen = try scratch.schema()
    #expect(all.tables == seen.tables && all.enums == seen.enums && all.sequences == seen.sequences)
    _ = try scratch.rows("REASSIGN OWNED BY \(role) TO CURRENT_USER; DROP ROLE \(role)")
  }

  @Test func theNumberOfQueriesDoesNotGrowWithTheTables() throws {
    func queries(_ sql: String) throws -> Int {
      let scratch = try ScratchDatabase(sql)
      let counting = CountingConnection(try scratch.connection())
      #expect(try !scratch.database().introspect(counting, without: { _ in false }).definition.sorted.isEmpty)
      return counting.count
    }
    let one = try queries("CREATE TABLE t (a int)")
    let many = (0..<40).map { number in
      """
      CREATE SCHEMA s\(number); CREATE TYPE s\(number).e AS ENUM ('x');
      CREATE TABLE s\(number).t (a serial PRIMARY KEY, b int UNIQUE CHECK (b > 0) REFERENCES s\(number).t, c s\(number).e);
      CREATE INDEX ON s\(number).t (b); CREATE VIEW s\(number).v AS SELECT a FROM s\(number).t;
      """
    }
    #expect(try queries(many.joined()) == one)
    #expect(one == 12)
  }
}
