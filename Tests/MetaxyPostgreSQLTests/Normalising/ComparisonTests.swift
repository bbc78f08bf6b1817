import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyJSON
import MetaxyNames
import MetaxyPostgreSQL
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// What PostgreSQL holds to be the same, and what it can hold.
@Suite(.timed) struct ComparisonTests {
  private let dialect = PostgreSQLDialect()

  private func changes(from live: [Table], to desired: [Table]) -> [String] {
    SchemaComparison(rules: dialect).operations(from: Schema(live), to: Schema(desired)).map(\.description)
  }

  private func table(_ column: Column) -> Table { Table(name: "t", columns: [column]) }

  @Test(arguments: [
    (ColumnType.varchar(64), "character varying(64)"), (.string, "VARCHAR"), (.timestamp, "timestamptz"),
    (.time, "time"), (.integer, "int4"), (.integer, "INT"), (.bigint, "int8"), (.smallint, "int2"),
    (.boolean, "bool"), (.double, "float8"), (.double, "FLOAT"), (.double, "float(53)"), (.real, "float(24)"),
    (.numeric(12, 3), "DECIMAL (12,3)"), (.numeric(precision: 5, scale: nil), "numeric(5,0)"),
    (.binary, "pg_catalog.bytea"), (.raw("character(1)"), "char"), (.raw("bit(1)"), "bit"),
    (.raw("bit varying(5)"), "varbit(5)"), (.raw("integer[]"), "int4 ARRAY[3]"), (.raw("integer[]"), "int[][]"),
    (.raw("timestamp(3) with time zone"), "timestamptz(3)"), (.raw("mood"), "\"mood\""),
    (.raw("interval(3)"), "INTERVAL(3)"),
  ])
  func aliasesAreOneType(_ type: ColumnType, _ alias: String) {
    #expect(dialect.isSame(type, .raw(SQLExpression(alias)), in: []))
  }

  @Test(arguments: [
    (ColumnType.string, "text"), (.varchar(64), "varchar(65)"), (.timestamp, "timestamp"), (.real, "float(25)"),
    (.raw("\"char\""), "char"), (.raw("\"Mood\""), "mood"), (.integer, "int[]"), (.numeric, "numeric(5)"),
  ])
  func theseAreTwoTypes(_ type: ColumnType, _ other: String) {
    #expect(!dialect.isSame(type, .raw(SQLExpression(other)), in: []))
  }

  @Test func capitalsTellNamesApart() {
    let small = Table(name: "foo", columns: [Column(name: "a", type: .integer), Column(name: "A", type: .integer)])
    let capital = Table(name: "Foo", columns: [Column(name: "a", type: .integer)])
    #expect(changes(from: [small], to: [small, capital]) == ["add_table Foo"])
    #expect(changes(from: [small, capital], to: [small]) == ["remove_table Foo"])
    var one = small
    one.columns.removeLast()
    #expect(changes(from: [small], to: [one]) == ["remove_column foo.A"])
    #expect(
      Schema([small]).applying([.dropColumn(.init(table: "foo", column: small.columns[1]))])["foo"]?.columns.map(\.name)
        == [
          "a"
        ])
    #expect(
      Schema([small]).applying([.renameColumn(.init(table: "foo", from: "a", to: "b"))])["foo"]?.columns.map(\.name)
        == ["b", "A"])
  }

  @Test func aWordAndTheSameInQuotesAreTwo() {
    #expect(dialect.isSame("a  >  LOWER(b)", "(A > lower(b))"))
    #expect(!dialect.isSame("user = 'x'", "\"user\" = 'x'"))
    #expect(!dialect.isSame("a = 'X'", "a = 'x'"))
  }

  @Test func nullIsNoDefault() {
    #expect(dialect.isSame(.sql("NULL::character varying"), nil))
    #expect(dialect.isSame(nil, .literal(.null)))
    #expect(!dialect.isSame(.sql("'NULL'"), nil))
  }

  @Test func whatOnlySQLiteHasIsNoDifference() {
    var column = Column(name: "a", type: .integer, isNullable: false, collation: "NOCASE")
    column.onConflict = .replace
    var desired = table(column)
    desired.options = [.strict, .withoutRowID]
    desired.primaryKey = PrimaryKey(elements: [.descending("a")], onConflict: .ignore)
    desired.indexes = [Index(name: .derived("i"), elements: [.column("a", collation: "rtrim")])]
    desired.uniques = [UniqueConstraint(elements: [.column("a", collation: "BINARY")], onConflict: .fail)]
    var live = table(Column(name: "a", type: .integer, isNullable: false))
    live.primaryKey = PrimaryKey(columns: ["a"])
    live.indexes = [Index(name: .derived("i"), elements: ["a"])]
    live.uniques = [UniqueConstraint(columns: ["a"])]
    #expect(changes(from: [live], to: [desired]) == [])
  }

  @Test func aKeyThatNumbersItselfIsAnIdentity() {
    var desired = table(Column(name: "a", type: .integer, isNullable: false))
    desired.primaryKey = PrimaryKey(columns: ["a"], isAutoincrement: true)
    let known = dialect.supportedSubset(of: Schema([desired]))["t"]
    #expect(known?.columns[0].identity == Identity(.byDefault))
    #expect(known?.primaryKey?.isAutoincrement == false)
  }

  @Test func constraintsAndIndexesAreRenamed() {
    func named(_ name: String) -> Table {
      var table = table(Column(name: "a", type: .integer))
      table.checks = [CheckConstraint(name: .given("ck_\(name)"), expression: "a > 0")]
      table.indexes = [Index(name: .given("ix_\(name)"), elements: ["a"])]
      return table
    }
    #expect(changes(from: [named("old")], to: [named("new")]) == ["rename_index ix_new", "rename_constraint ck_new"])
  }

  @Test func whatTheCatalogHoldsComesBackFromARecord() throws {
    let schema = try ScratchDatabase(
      """
      CREATE SCHEMA s; CREATE TYPE s.mood AS ENUM ('sad', 'it''s'); COMMENT ON TYPE s.mood IS 'how';
      CREATE TABLE u (id int PRIMARY KEY);
      CREATE UNLOGGED TABLE s.t (
        id bigint GENERATED ALWAYS AS IDENTITY (START 5 CYCLE), n serial, m s.mood[] DEFAULT '{}', r int4range,
        c text COLLATE "C", g int GENERATED ALWAYS AS (n * 2) STORED,
        CONSTRAINT k PRIMARY KEY (id) INCLUDE (c) DEFERRABLE, CONSTRAINT q UNIQUE NULLS NOT DISTINCT (n) INCLUDE (c),
        CONSTRAINT x EXCLUDE USING gist (r WITH &&) WHERE (n > 0) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT h CHECK (n > 0) NO INHERIT,
        CONSTRAINT f FOREIGN KEY (n) REFERENCES u MATCH FULL ON DELETE SET NULL (n)) WITH (fillfactor = 70);
      ALTER TABLE s.t ADD CONSTRAINT v CHECK (n < 9) NOT VALID;
      CREATE UNIQUE INDEX i ON s.t (c text_pattern_ops DESC NULLS LAST) INCLUDE (n) NULLS NOT DISTINCT
        WITH (fillfactor = 80) WHERE n > 1;
      CREATE INDEX j ON s.t USING gin (m);
      COMMENT ON TABLE s.t IS 'all'; COMMENT ON COLUMN s.t.c IS 'c'; COMMENT ON CONSTRAINT k ON s.t IS 'k';
      COMMENT ON CONSTRAINT q ON s.t IS 'q'; COMMENT ON CONSTRAINT x ON s.t IS 'x'; COMMENT ON CONSTRAINT h ON s.t IS 'h';
      COMMENT ON CONSTRAINT f ON s.t IS 'f'; COMMENT ON INDEX s.i IS 'i';
      CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
      CREATE SEQUENCE z AS integer START 7 INCREMENT -1 MINVALUE -9 MAXVALUE 9 CACHE 3 CYCLE OWNED BY p.a;
      COMMENT ON SEQUENCE z IS 'z'
      """
    ).schema()
    #expect(schema.tables.count == 4 && schema.enums.count == 1 && schema.sequences.count == 1)
    for table in schema.sorted {
      #expect(try Table(json: JSONValue(parsing: table.json.text(), file: "a.json")) == table)
    }
    for type in schema.enums.values {
      #expect(try EnumType(json: JSONValue(parsing: type.json.text(), file: "a.json")) == type)
    }
    for sequence in schema.sequences.values {
      #expect(try SequenceDefinition(json: JSONValue(parsing: sequence.json.text(), file: "a.json")) == sequence)
    }
  }
}
