import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Rows survive every change, there and back.
@Suite(.timed) struct RowMigrationTests {
  /// A table of 10,000 rows with a value of a type in each but every seventh, which is NULL.
  private func migration(
    _ old: String, _ new: String, values: String, column: String = "", otherwise: String = ""
  ) throws -> Migration {
    try Migration(
      from: """
        CREATE TABLE t (id int PRIMARY KEY, v \(old)\(column));
        INSERT INTO t SELECT n, CASE WHEN n % 7 > 0 THEN (\(values))::\(old) END FROM generate_series(1, 10000) AS n;
        """,
      to: "CREATE TABLE t (id int PRIMARY KEY, v \(new)\(otherwise))")
  }

  private func digest(_ migration: Migration, as text: String = "v") throws -> [String] {
    try migration.live.rows(
      "SELECT count(*), count(v), md5(string_agg(coalesce(\(text)::text, '-'), ',' ORDER BY id)) FROM t")
  }

  struct Change: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    /// SQL for the value of row n.
    var values: String
    var testDescription: String { "\(old) to \(new)" }

    init(_ old: String, _ new: String, _ values: String) {
      self.old = old
      self.new = new
      self.values = values
    }
  }

  @Test(arguments: [
    Change("varchar(10)", "varchar(40)", "'v' || n"), Change("varchar(40)", "varchar(10)", "'v' || n"),
    Change("varchar(10)", "text", "'v' || n"), Change("text", "char(6)", "lpad(n::text, 6, 'x')"),
    Change("int", "bigint", "n"), Change("bigint", "smallint", "n"), Change("int", "text", "n"),
    Change("text", "int", "n"), Change("text", "numeric(8, 2)", "(n + 0.25)::numeric(8, 2)"),
    Change("int", "numeric(12, 3)", "n"), Change("numeric(12, 3)", "int", "n"), Change("int", "double precision", "n"),
    Change("double precision", "real", "n + 0.5"), Change("double precision", "numeric(10, 2)", "n + 0.25"),
    Change("numeric(10, 4)", "numeric(10, 2)", "n + 0.25"), Change("boolean", "int", "n % 2 = 0"),
    Change("smallint", "boolean", "n % 2"), Change("boolean", "bigint", "n % 2 = 0"),
    Change("boolean", "text", "n % 2 = 0"), Change("text", "boolean", "(n % 2 = 0)::text"),
    Change("text", "uuid", "md5(n::text)::uuid::text"), Change("uuid", "text", "md5(n::text)::uuid"),
    Change("text", "bytea", "'ä\\x' || n"), Change("json", "jsonb", "jsonb_build_object('n', n)::text"),
    Change("text", "jsonb", "jsonb_build_array(n)::text"),
    Change("timestamp", "timestamptz", "timestamp '2026-01-01' + n * interval '1 hour'"),
    Change("timestamp", "date", "date '2026-01-01' + n"), Change("date", "timestamptz", "date '2026-01-01' + n"),
    Change("timestamp(6)", "timestamp(0)", "timestamp '2026-01-01' + n * interval '1 hour'"),
    Change("text", "timestamp", "(timestamp '2026-01-01' + n * interval '1 hour')::text"),
    Change("interval", "text", "n * interval '1 hour'"),
    Change("time", "interval", "time '00:00' + (n % 1440) * interval '1 minute'"),
    Change("int[]", "bigint[]", "ARRAY[n, n + 1]"), Change("int", "int[]", "n"),
    Change("text[]", "text", "ARRAY['a ' || n]"),
    Change("bit(8)", "bit varying(8)", "n::bit(8)"),
  ])
  func typesChangeAndComeBack(change: Change) throws {
    let migration = try migration(change.old, change.new, values: change.values)
    let before = try digest(migration)
    let conditions = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions)
    for condition in conditions { #expect(try migration.live.rows("SELECT \(condition.count)") == ["0"]) }
    try migration.goThereAndBack()
    #expect(try digest(migration) == before)
    #expect(before[0].hasPrefix("10000|8572|"))
  }

  /// One row of the three does not fit; that it does not is known before, and nothing is changed.
  @Test(arguments: [
    Change("varchar(10)", "varchar(3)", "'abc', 'abcdefgh', NULL"), Change("bigint", "smallint", "1, 40000, NULL"),
    Change("numeric(10, 2)", "numeric(4, 2)", "1, 100, NULL"),
    Change("text", "int", "'1', 'x', NULL"), Change("text", "int", "'1', '2147483648', NULL"),
    Change("text", "numeric", "'1.5', '1,5', NULL"), Change("text", "boolean", "'true', 'maybe', NULL"),
    Change("text", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0ee', NULL"),
    Change("text", "date", "'2024-02-29', '02.01.2024', NULL"),
    Change("text", "date", "'2024-02-28', '2023-02-29', NULL"),
    Change("text", "timestamptz", "'2024-05-06 10:00:00+00', 'now', NULL"),
    Change("text", "jsonb", "'[1]', '[1,]', NULL"), Change("bytea", "text", #"'\x61', '\xff', NULL"#),
    Change("int", "varchar(2)", "1, 100, NULL"), Change("int", "numeric(3, 1)", "1, 100, NULL"),
    Change("numeric", "double precision", "1, 1e400, NULL"),
  ])
  func whatDoesNotFitIsKnownBefore(change: Change) throws {
    let migration = try threeRows(change)
    let statements = try migration.upgradeSections().flatMap(\.statements)
    let conditions = statements.flatMap(\.preconditions).filter { $0.rule == nil }
    #expect(try conditions.map { try migration.live.rows("SELECT \($0.count)")[0] } == ["1"])
    #expect(statements.flatMap(\.notes).contains { $0.hasPrefix("fails if t.v holds values that do not fit") })
  }

  /// PostgreSQL itself refuses most of them.
  @Test(arguments: [
    Change("varchar(10)", "varchar(3)", "'abc', 'abcdefgh', NULL"), Change("bigint", "smallint", "1, 40000, NULL"),
    Change("text", "int", "'1', 'x', NULL"), Change("text", "jsonb", "'[1]', '[1,]', NULL"),
  ])
  func whatDoesNotFitChangesNothing(change: Change) throws {
    let migration = try threeRows(change)
    let before = try digest(migration, orderedBy: "v")
    // Class 22: a cast that the server refuses.
    #expect { try migration.upgrade() } throws: { ($0 as? MetaxyError)?.sqlState?.hasPrefix("22") == true }
    #expect(try digest(migration, orderedBy: "v") == before)
  }

  /// One row of the three gets a value that does not lead back, which needs consent.
  @Test(arguments: [
    Change("numeric(10, 4)", "numeric(10, 2)", "1.25, 1.2345, NULL"), Change("double precision", "int", "1, 1.5, NULL"),
    Change("double precision", "real", "0.5, 0.1, NULL"),
    Change("double precision", "numeric(6, 1)", "0.5, 0.25, NULL"),
    Change("bigint", "real", "1, 16777217, NULL"), Change("int", "real", "1, 16777217, NULL"),
    Change("bigint", "double precision", "9007199254740992, 9007199254740993, NULL"),
    Change("numeric(20, 2)", "double precision", "12345678901234.56, 123456789012345678.91, NULL"),
    Change("timestamp", "date", "'2026-01-01', '2026-01-01 12:00', NULL"),
    Change("timestamptz", "date", "'2026-01-01 00:00+00', '2026-01-01 12:00+00', NULL"),
    Change("timestamp", "timestamp(0)", "'2026-01-01 12:00', '2026-01-01 12:00:00.5', NULL"),
    Change("time", "time(0)", "'12:00', '12:00:00.5', NULL"),
    Change("interval", "interval day to minute", "'1 day', '1 day 00:00:01', NULL"),
    Change("bit varying", "int", "'101', '00101', NULL"), Change("text", "int", "'7', '007', NULL"),
    Change("int", "boolean", "1, 2, NULL"), Change("int[]", "int", "'{1}', '{1,2}', NULL"),
    Change("text", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}', NULL"),
    Change("json", "jsonb", #"'{"a":1}', '{"a":1,"a":2}', NULL"#),
  ])
  func whatChangesIsKnownBefore(change: Change) throws {
    let migration = try threeRows(change)
    let conditions = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions)
    let counts = try conditions.map { ($0.rule, try migration.live.rows("SELECT \($0.count)")[0]) }
    #expect(counts.filter { $0.0 == "DS104" }.map(\.1) == ["1"])
    #expect(counts.filter { $0.0 == nil }.allSatisfy { $0.1 == "0" })
    try migration.upgrade()
  }

  private func threeRows(_ change: Change) throws -> Migration {
    let values = change.values.replacing(", ", with: "), (")
    return try Migration(
      from: "CREATE TABLE t (v \(change.old)); INSERT INTO t VALUES (\(values))", to: "CREATE TABLE t (v \(change.new))"
    )
  }

  private func digest(_ migration: Migration, orderedBy column: String) throws -> [String] {
    try migration.live.rows("SELECT pg_typeof(\(column)), \(column) FROM t ORDER BY 2")
  }

  @Test(arguments: [true, false])
  func rowsWithoutAValueGetOne(isOnline: Bool) throws {
    let migration = try Migration(
      from: """
        CREATE TABLE t (id int PRIMARY KEY, v text);
        INSERT INTO t SELECT n, CASE WHEN n % 2 = 0 THEN 'v' || n END FROM generate_series(1, 10000) AS n;
        """, to: "CREATE TABLE t (id int PRIMARY KEY, v text NOT NULL DEFAULT 'none')", isOnline: isOnline)
    try migration.goThereAndBack()
    // What was NULL stays what it became.
    #expect(
      try migration.live.rows("SELECT count(*), count(v) FROM t WHERE v = 'none' OR v = 'v' || id") == ["10000|10000"])
  }

  @Test(arguments: [true, false])
  func aColumnThatHoldsNothingStaysAsItIs(isOnline: Bool) throws {
    let migration = try Migration(
      from: "CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, NULL)",
      to: "CREATE TABLE t (id int, v text NOT NULL)",
      isOnline: isOnline)
    let conditions = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions)
    #expect(conditions.map(\.message) == ["t.v holds NULL"])
    #expect(try migration.live.rows("SELECT \(conditions[0].count)") == ["1"])
    // Online it is a CHECK that is validated: check_violation; else not_null_violation.
    let code = MetaxyError.Code.postgreSQL(isOnline ? "23514" : "23502")
    #expect { try migration.upgrade() } throws: { ($0 as? MetaxyError)?.code == code }
    #expect(try migration.live.rows("SELECT attnotnull FROM pg_attribute WHERE attname = 'v'") == ["f"])
  }

  @Test func renamesKeepRows() throws {
    let migration = try Migration(
      from: """
        CREATE TABLE clip (id int CONSTRAINT pk PRIMARY KEY, size int CONSTRAINT ck CHECK (size > 0));
        CREATE INDEX ix ON clip (size); INSERT INTO clip SELECT n, n FROM generate_series(1, 10000) AS n;
        """,
      to: """
        CREATE TABLE video (id int CONSTRAINT pk_video PRIMARY KEY, bytes int CONSTRAINT ck CHECK (bytes > 0));
        CREATE INDEX ix_bytes ON video (bytes);
        """,
      renames: Renames(tables: ["video": "clip"], columns: ["video": ["bytes": "size"]]))
    #expect(
      migration.operations.map(\.verb) == ["rename_table", "rename_column", "rename_constraint", "rename_index"])
    try migration.goThereAndBack()
    #expect(try migration.live.rows("SELECT count(*), sum(size) FROM clip") == ["10000|50005000"])
  }

  /// One value becomes two, by hand between the revisions that add and drop.
  @Test func valuesOfAnEnumAreSplit() throws {
    let wide =
      "CREATE TYPE state AS ENUM ('open', 'closed', 'won', 'lost'); CREATE TABLE t (id int, s state NOT NULL DEFAULT 'open')"
    let adding = try Migration(
      from: """
        CREATE TYPE state AS ENUM ('open', 'closed'); CREATE TABLE t (id int, s state NOT NULL DEFAULT 'open');
        INSERT INTO t SELECT n, CASE WHEN n % 3 = 0 THEN 'open' ELSE 'closed' END::state FROM generate_series(1, 10000) AS n;
        """, to: wide)
    try adding.upgrade()
    _ = try adding.live.rows(
      "UPDATE t SET s = CASE WHEN id % 2 = 0 THEN 'won' ELSE 'lost' END::state WHERE s = 'closed'")
    let target = try ScratchDatabase(
      "CREATE TYPE state AS ENUM ('open', 'won', 'lost'); CREATE TABLE t (id int, s state NOT NULL DEFAULT 'open')")
    let before = RenamedSchema(try adding.live.liveSchema())
    let operations = SchemaComparison(rules: adding.dialect).operations(
      from: before, to: try target.schema())
    let digest = "SELECT s, count(*) FROM t GROUP BY s ORDER BY s"
    let rows = try adding.live.rows(digest)
    #expect(rows == ["open|3333", "won|3334", "lost|3333"])
    try adding.run(adding.dialect.sections(for: operations, on: before))
    #expect(try adding.live.rows(digest) == rows)
    try adding.run(
      adding.dialect.sections(for: operations.reverseOperations, on: RenamedSchema(adding.live.liveSchema())))
    #expect(try adding.live.rows(digest) == rows)
    // And the value that takes their place on the way back to the beginning.
    #expect { try adding.downgrade() } throws: { ($0 as? MetaxyError)?.code == .postgreSQL("22P02") }
    _ = try adding.live.rows("UPDATE t SET s = 'closed' WHERE s IN ('won', 'lost')")
    try adding.downgrade()
    #expect(try adding.live.rows(digest) == ["open|3333", "closed|6667"])
  }
}
