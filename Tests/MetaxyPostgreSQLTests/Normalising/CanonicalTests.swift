import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// What is said in other words is compared as PostgreSQL understands it.
@Suite(.timed) struct CanonicalTests {
  /// The operations that lead from what `sql` makes to `desired`, and what could not be decided.
  private func compare(
    _ sql: String, to desired: Schema, reading: Bool = true
  ) throws -> (operations: [String], undecided: [String]) {
    let scratch = try ScratchDatabase(sql)
    let before = try scratch.rows("SELECT count(*) FROM pg_class UNION ALL SELECT count(*) FROM pg_type")
    let database = scratch.database()
    let connection = try reading ? database.openForReading() : database.openForWriting()
    let live = try database.introspect(connection) { _ in false }
    let normalised = try database.normalised(live, to: desired, connection)
    #expect(try scratch.rows("SELECT count(*) FROM pg_class UNION ALL SELECT count(*) FROM pg_type") == before)
    let operations = SchemaComparison(rules: PostgreSQLDialect())
      .operations(from: RenamedSchema(normalised.schema), to: desired)
    return (operations.map(\.description), normalised.undecided.map(\.sentence))
  }

  private func table(_ change: (inout Table) -> Void) -> Schema {
    var table = Table(
      name: "t",
      columns: [Column(name: "kind", type: .string), Column(name: "height", type: .integer)])
    change(&table)
    return Schema([table])
  }

  private static let bare = "kind varchar, height integer"

  @Test(arguments: [
    ("height > 0", "height>0"), ("(height > 0)", "height > 0"), ("kind IN ('a', 'b')", "\"kind\" IN ('a','b')"),
    ("height BETWEEN 1 AND 5", "(height >= 1) and height <= 5"), ("kind LIKE 'a%'", "kind LIKE 'a%'"),
    ("lower(kind) <> 'x'", "LOWER(kind) != 'x'"), ("height::text = '5'", "CAST(height AS text) = '5'"),
    // What pg_dump prints for `IN` and `NOT IN`, and the other way round.
    ("kind::text = ANY (ARRAY['a'::character varying, 'b'::character varying]::text[])", "kind IN ('a', 'b')"),
    ("kind IN ('a', 'b')", "((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"),
    ("height = ANY (ARRAY[1, 2])", "height IN (1, 2)"), ("height IN (1, 2)", "(height = ANY (ARRAY[1, 2]))"),
    ("height <> ALL (ARRAY[1, 2])", "height NOT IN (1, 2)"), ("height NOT IN (1, 2)", "(height <> ALL (ARRAY[1, 2]))"),
    ("kind = 'a' OR height::smallint IN (1, 2)", "kind = 'a' OR height::smallint = ANY (ARRAY[1, 2])"),
    ("t.height > 0", "height > 0"), ("kind <> ')'", "((kind <> ')'))"),
  ])
  func checksInOtherWordsAreTheSame(_ live: String, _ desired: String) throws {
    let found = try compare(
      "CREATE TABLE t (\(Self.bare), CONSTRAINT c CHECK (\(live)))",
      to: table { table in
        table.checks = [CheckConstraint(expression: SQLExpression(desired))]
      })
    #expect(found.operations.isEmpty && found.undecided.isEmpty, "\(found)")
  }

  @Test(arguments: [
    ("height > 0", "height >= 0"), ("kind IN ('a', 'b')", "kind IN ('a', 'b', 'c')"), ("kind = 'A'", "kind = 'a'"),
    ("height > 0 AND height < 9", "height > 0 OR height < 9"),
  ])
  func checksThatDifferAreDifferent(_ live: String, _ desired: String) throws {
    let found = try compare(
      "CREATE TABLE t (\(Self.bare), CONSTRAINT c CHECK (\(live)))",
      to: table { table in
        table.checks = [CheckConstraint(name: .derived("c"), expression: SQLExpression(desired))]
      })
    #expect(found.operations == ["remove_constraint c", "add_constraint c"])
    #expect(found.undecided.isEmpty)
  }

  @Test func operationsHoldTheWordsOfPeople() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (\(Self.bare), CHECK (height > 0 AND kind IN ('a')))")
    let database = scratch.database()
    let connection = try database.openForReading()
    let desired = table { table in
      table.checks = [CheckConstraint(expression: .sql("kind IN ('a') OR 1 = 2", sqlite: "kind = 'a'"))]
      table.columns.append(Column(name: "new", type: .integer))
    }
    let live = try database.introspect(connection) { _ in false }
    let normalised = try database.normalised(live, to: desired, connection).schema
    #expect(normalised == live)
    let operations = SchemaComparison(rules: PostgreSQLDialect()).operations(
      from: RenamedSchema(normalised), to: desired)
    let added = operations.compactMap { if case .addConstraint(let addition) = $0 { addition.constraint } else { nil } }
    #expect(added == [.check(CheckConstraint(expression: .sql("kind IN ('a') OR 1 = 2", sqlite: "kind = 'a'")))])
  }

  @Test(arguments: [
    // PostgreSQL 15 stores a default depending only on the type of the column.
    ("varchar", "'x'", ColumnType.string, ColumnDefault.literal(.string("x"))),
    ("varchar", "'it''s'::text", .string, .literal(.string("it's"))),
    ("double precision", "5", .double, .sql("5.0")), ("numeric(10, 2)", "5", .numeric(10, 2), .sql("5.000")),
    ("integer", "'7'", .integer, .literal(.integer("7"))), ("integer", "-7", .integer, .literal(.integer("-7"))),
    ("boolean", "true", .boolean, .literal(.boolean(true))), ("boolean", "'f'", .boolean, .literal(.boolean(false))),
    ("interval", "'14 days'", .interval, .sql("'2 weeks'::interval")),
    ("timestamptz", "now()", .timestamp, .sql("NOW( )")),
    ("timestamptz", "CURRENT_TIMESTAMP", .timestamp, .currentTimestamp),
    ("timestamptz", "CURRENT_TIMESTAMP", .timestamp, .sql("current_timestamp")),
    ("integer[]", "'{}'", .raw("int[]"), .sql("'{}'::int[]")), ("jsonb", "'{}'", .jsonb, .sql("('{}')::jsonb")),
    ("varchar", "NULL", .string, .literal(.null)), ("uuid", "gen_random_uuid()", .uuid, .sql("gen_random_uuid()")),
    ("varchar(3)", "'abc'", .varchar(3), .sql("'ab' || 'c'")),
  ])
  func defaultsInOtherWords(_ type: String, _ live: String, _ column: ColumnType, _ desired: ColumnDefault) throws {
    let found = try compare(
      "CREATE TABLE t (a \(type) DEFAULT \(live))",
      to: Schema([Table(name: "t", columns: [Column(name: "a", type: column, defaultValue: desired)])]))
    // A computed expression is not a constant, even if its value is the same.
    let isComputed = desired == .sql("'ab' || 'c'")
    #expect(found.operations == (isComputed ? ["modify_default t.a"] : []))
    #expect(found.undecided.isEmpty)
  }

  @Test(arguments: [
    ("varchar", "'5'", ColumnType.string, ColumnDefault.sql("5.0")),
    ("integer", "5", .integer, .sql("6")), ("timestamptz", "now()", .timestamp, .sql("clock_timestamp()")),
    ("varchar(3)", "'abc'", .varchar(3), .sql("'abcd'")), ("date", "'2026-01-01'", .date, .sql("'2026-01-02'")),
  ])
  func defaultsThatDiffer(_ type: String, _ live: String, _ column: ColumnType, _ desired: ColumnDefault) throws {
    let found = try compare(
      "CREATE TABLE t (a \(type) DEFAULT \(live))",
      to: Schema([Table(name: "t", columns: [Column(name: "a", type: column, defaultValue: desired)])]))
    #expect(found.operations == ["modify_default t.a"])
  }

  @Test func generatedColumnsIndexesAndExclusionsInOtherWords() throws {
    let found = try compare(
      """
      CREATE TABLE t (
        \(Self.bare), r int4range, doubled int GENERATED ALWAYS AS (height * 2) STORED,
        CONSTRAINT x EXCLUDE USING gist (int4range(lower(r), upper(r)) WITH &&) WHERE (height > 0 AND kind IS NOT NULL),
        CHECK (doubled > 3 AND height IN (1, 2)));
      CREATE INDEX i ON t (lower(kind), (height + 1) DESC) WHERE kind IN ('a');
      CREATE INDEX j ON t (kind varchar_pattern_ops); CREATE INDEX k ON t (height int4_ops)
      """,
      to: table { table in
        table.columns.append(Column(name: "r", type: .raw("INT4RANGE")))
        table.columns.append(Column(name: "doubled", type: .integer, generated: .stored("(height*2)")))
        table.checks = [CheckConstraint(expression: "height = ANY (ARRAY[1, 2]) AND doubled > 3", column: "height")]
        table.checks[0].expression = "doubled > 3 AND (height IN (1,2))"
        table.exclusions = [
          ExclusionConstraint(
            method: "gist",
            elements: [.init(.expression("int4range( LOWER(r), upper(r) )"), with: "&&")],
            predicate: "height>0 and kind is not null")
        ]
        table.indexes = [
          Index(
            name: .derived("i"),
            elements: [.expression("LOWER(kind)"), .expression("height+1", descending: true)],
            predicate: "kind IN ('a')"),
          Index(
            name: .derived("j"), elements: [IndexElement(.column("kind"), operatorClass: "varchar_pattern_ops")]),
          Index(name: .derived("k"), elements: [IndexElement(.column("height"), operatorClass: "int4_ops")]),
        ]
      })
    #expect(found.operations.isEmpty && found.undecided.isEmpty, "\(found)")
  }

  @Test func typesInOtherWordsAreTheSame() throws {
    let found = try compare(
      """
      CREATE SCHEMA other; CREATE TYPE other.mood AS ENUM ('ok'); CREATE DOMAIN size AS int;
      CREATE TABLE t (a serial, b other.mood, c size[], d varchar(5)[]); CREATE SCHEMA s; CREATE TABLE s.t (a bigserial)
      """,
      to: {
        var schema = Schema([
          Table(
            name: "t",
            columns: [
              Column(name: "a", type: .raw("SERIAL")), Column(name: "b", type: .raw("\"other\" . mood")),
              Column(name: "c", type: .raw("public.size ARRAY")), Column(name: "d", type: .raw("varchar (5) []")),
            ]),
          Table(name: TableName("t", schema: "s"), columns: [Column(name: "a", type: .raw("bigserial"))]),
        ])
        schema.enums[TableName("mood", schema: "other")] = EnumType(
          name: TableName("mood", schema: "other"), values: ["ok"])
        schema.namespaces = ["other", "s"]
        return schema
      }())
    #expect(found.operations.isEmpty && found.undecided.isEmpty, "\(found)")
  }

  @Test func anEnumTypeThatIsNotThereYetCanBeNamed() throws {
    let desired = {
      var schema = table { table in
        table.columns.append(Column(name: "m", type: .raw("mood"), defaultValue: .sql("'fine'")))
        table.checks = [CheckConstraint(expression: "kind IN ('a') AND m <> 'fine'")]
      }
      schema.enums["mood"] = EnumType(name: "mood", values: ["sad", "fine"])
      return schema
    }
    let found = try compare(
      """
      CREATE TYPE mood AS ENUM ('sad');
      CREATE TABLE t (\(Self.bare), m mood DEFAULT 'sad', CONSTRAINT c CHECK (kind IN ('a') AND m <> 'sad'))
      """, to: desired())
    #expect(found.undecided.isEmpty)
    #expect(
      found.operations == [
        "add_enum_value mood 'fine' after 'sad'", "modify_default t.m", "remove_constraint c",
        "add_constraint check (kind IN ('a') AND m <> 'fine')",
      ])
  }

  @Test func whatCannotBeDecidedIsSaidAndStaysDifferent() throws {
    let found = try compare(
      "CREATE TABLE t (\(Self.bare), CONSTRAINT c CHECK (height > 0), CONSTRAINT d CHECK (height < 9))",
      to: table { table in
        table.checks = [
          CheckConstraint(name: .derived("c"), expression: "nobodys(height)"),
          CheckConstraint(name: .derived("d"), expression: "9 > height"),
        ]
      })
    #expect(
      found.undecided == [
        """
        cannot compare the check `nobodys(height)` of `t` with the live schema: function \
        nobodys(integer) does not exist (SQLSTATE 42883)
        """
      ])
    #expect(found.operations.count == 4)
  }

  @Test func aRoleThatMayMakeNoTemporaryTablesIsTold() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (\(Self.bare), CHECK (height > 0))")
    let role = "poor_\(scratch.url.utf8.reduce(0) { ($0 &* 31 &+ UInt32($1)) })"
    _ = try scratch.rows(
      """
      CREATE ROLE \(role); DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
      END $$
      """)
    let database = scratch.database(owner: role)
    let connection = try database.openForReading()
    let live = try database.introspect(connection) { _ in false }
    let desired = table { $0.checks = [CheckConstraint(expression: "0 < height")] }
    let normalised = try database.normalised(live, to: desired, connection)
    #expect(normalised.schema == live)
    #expect(normalised.undecided.count == 1)
    #expect(normalised.undecided.first?.sentence.contains("`t`") == true)
    #expect(normalised.undecided.first?.sentence.contains("permission denied to create temporary tables") == true)
    _ = try scratch.rows("DROP ROLE \(role)")
  }

  @Test func nothingIsAskedWhereTheWordsAreTheSame() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE t (\(Self.bare), CHECK (height > 0)); CREATE INDEX i ON t (lower(kind))")
    let database = scratch.database()
    let counting = CountingConnection(try scratch.connection())
    let live = try database.introspect(counting) { _ in false }
    let asked = counting.count
    let normalised = try database.normalised(live, to: live.definition, counting)
    #expect(normalised.schema == live && counting.count == asked)
  }
}
