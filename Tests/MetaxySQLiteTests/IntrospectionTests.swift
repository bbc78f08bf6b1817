import MetaxyDatabase
import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Tables as people write them.
@Suite(.timed) struct IntrospectionTests {
  @Test func quotedNamesAreReadWithoutTheirQuotes() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE "a ""b" ([c d] TEXT, `e``f` INT CHECK (`e``f` > 0), "g,h" TEXT UNIQUE, 'i j' TEXT COLLATE "nocase",
        [k (l] INT, CONSTRAINT "n ""1" UNIQUE (`e``f`, "g,h"), FOREIGN KEY ([k (l]) REFERENCES "o p" ("q ""r"));
      """)
    let table = try scratch.table("a \"b")
    #expect(table.columns.map(\.name) == ["c d", "e`f", "g,h", "i j", "k (l"])
    #expect(table.columns.map(\.collation) == [nil, nil, nil, "nocase", nil])
    #expect(table.checks == [CheckConstraint(expression: "`e``f` > 0", column: "e`f")])
    #expect(
      Set(table.uniques) == [
        UniqueConstraint(columns: ["g,h"]),
        UniqueConstraint(name: .derived("n \"1"), columns: ["e`f", "g,h"]),
      ])
    #expect(table.foreignKeys == [ForeignKey(columns: ["k (l"], table: "o p", referencedColumns: ["q \"r"])])
  }

  @Test func keywordsCommentsAndLineEndsAreNoObstacle() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE main . [table] ( -- one ( comment, CHECK (no)
        key TEXT /* two , ' */ NOT NULL, "check" INT DEFAULT 1, "primary" TEXT CHECK/**/("check" <> ')--'),\r
        action TEXT, "constraint" INT /* CHECK (3) */, UNIQUE (key, "constraint")
      );
      """)
    let table = try scratch.table("table")
    #expect(table.columns.map(\.name) == ["key", "check", "primary", "action", "constraint"])
    #expect(table.columns.map(\.isNullable) == [false, true, true, true, true])
    #expect(table.checks == [CheckConstraint(expression: "\"check\" <> ')--'", column: "primary")])
    #expect(table.uniques == [UniqueConstraint(columns: ["key", "constraint"])])
  }

  @Test func aConstraintHasItsOwnNameAndPlace() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE p (x INT, y INT, PRIMARY KEY (y, x));
      CREATE TABLE t (
        a INT CONSTRAINT nn NOT NULL CHECK (a > 1) CONSTRAINT two CHECK (a > 2) DEFAULT 3 CONSTRAINT u UNIQUE,
        b INT CONSTRAINT f REFERENCES p (x) ON DELETE SET DEFAULT, c INT CHECK (c > 3),
        d INT REFERENCES p ON UPDATE CASCADE ON DELETE SET NULL, e INT,
        CONSTRAINT pk PRIMARY KEY (e, d),
        CONSTRAINT tc CHECK (a > b) CHECK (b > c),
        CONSTRAINT tf FOREIGN KEY (d, e) REFERENCES p (x, y) ON DELETE RESTRICT,
        FOREIGN KEY (e) REFERENCES t (a)
      );
      """)
    let table = try scratch.table("t")
    #expect(
      table.checks == [
        CheckConstraint(expression: "a > 1", column: "a"),
        CheckConstraint(name: .derived("two"), expression: "a > 2", column: "a"),
        CheckConstraint(expression: "c > 3", column: "c"),
        CheckConstraint(name: .derived("tc"), expression: "a > b"), CheckConstraint(expression: "b > c"),
      ])
    #expect(table.uniques == [UniqueConstraint(name: .derived("u"), columns: ["a"])])
    #expect(table.primaryKey == PrimaryKey(name: .derived("pk"), columns: ["e", "d"]))
    #expect(
      table.foreignKeys == [
        ForeignKey(
          name: .derived("f"), columns: ["b"], table: "p", referencedColumns: ["x"], onDelete: .setDefault, column: "b"),
        ForeignKey(
          columns: ["d"], table: "p", referencedColumns: [], onDelete: .setNull, onUpdate: .cascade, column: "d"),
        ForeignKey(
          name: .derived("tf"), columns: ["d", "e"], table: "p", referencedColumns: ["x", "y"], onDelete: .restrict),
        ForeignKey(columns: ["e"], table: "t", referencedColumns: ["a"]),
      ])
    #expect(try scratch.table("p").primaryKey?.columns == ["y", "x"])
  }

  @Test func defaultsAreReadAsTheyAreWritten() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a TEXT DEFAULT 'it''s, (so)', b INT DEFAULT -1, c DEFAULT (1 + (2)), d DEFAULT CURRENT_TIMESTAMP,
        e DEFAULT NULL, f DEFAULT x'0A', g DEFAULT ( 'x' || 'y' ), h DEFAULT TRUE CHECK (h), i);
      """)
    let defaults = try scratch.table("t").columns.map(\.defaultValue)
    let texts: [String?] = [
      "'it''s, (so)'", "-1", "1 + (2)", "CURRENT_TIMESTAMP", "NULL", "x'0A'", "'x' || 'y'", "TRUE", nil,
    ]
    #expect(defaults == texts.map { $0.map { .expression(SQLExpression($0)) } })
  }

  @Test func typesAreEngineFreeOnlyWhereTheyAreToTheLetter() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a VARCHAR, b VARCHAR(64), c BIGINT, d INTEGER, e SMALLINT, f FLOAT, g REAL, h BOOLEAN, i DATETIME,
        j NUMERIC(12, 3), k CHAR(32), l BLOB, m JSON, n, o clob, p "double precision", q UNSIGNED BIG INT, r DECIMAL(10,5),
        s DATE, u TIME, v NUMERIC, w varchar(64));
      """)
    let types = try scratch.table("t").columns.map(\.type)
    #expect(
      types == [
        .string, .varchar(64), .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .numeric(12, 3),
        .uuid,
        .binary, .json, .raw(""), .raw("clob"), .raw("double precision"), .raw("UNSIGNED BIG INT"),
        .raw("DECIMAL(10,5)"), .date, .time, .numeric, .raw("varchar(64)"),
      ])
  }

  @Test func generatedColumnsAndOptionsAreKnown() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + (1)) STORED, c INT AS (a * 2), d INT AS (b) VIRTUAL NOT NULL);
      CREATE TABLE s (a INT) STRICT;
      CREATE TABLE w (a TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE sw (a TEXT PRIMARY KEY) without rowid, strict;
      CREATE TABLE named ("strict" INT, rowid INT);
      """)
    let table = try scratch.table("t")
    #expect(
      table.columns.map(\.generated) == [nil, .stored("a + (1)"), .virtual("a * 2"), .virtual("b")])
    #expect(table.columns.map(\.isNullable) == [true, true, true, false])
    let schema = try scratch.schema()
    #expect(
      ["t", "s", "w", "sw", "named"].map { Set(schema[$0]?.options ?? []) } == [
        [], [.strict], [.withoutRowID], [.strict, .withoutRowID], [],
      ])
  }

  @Test func indexesAreReadInFull() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a TEXT COLLATE NOCASE, b INT, "c d" TEXT, UNIQUE (b));
      CREATE UNIQUE INDEX "i ""1" ON t (a, b DESC, "c d" COLLATE RTRIM);
      CREATE INDEX if_1 ON t (a COLLATE BINARY) WHERE (b > 1) AND "c d" <> 'WHERE (';
      CREATE INDEX i_2 ON t (lower(a), (b + 1) DESC, substr("c d", 1, 2) COLLATE NOCASE, b);
      """)
    let indexes = try scratch.table("t").indexes
    #expect(
      Set(indexes) == [
        Index(
          name: .derived("i \"1"),
          elements: ["a", .descending("b"), .column("c d", collation: "RTRIM")], isUnique: true),
        Index(
          name: .derived("if_1"), elements: [.column("a", collation: "BINARY")],
          predicate: "(b > 1) AND \"c d\" <> 'WHERE ('"),
        Index(
          name: .derived("i_2"),
          elements: [
            .expression("lower(a)"), .expression("(b + 1)", descending: true),
            IndexElement(.expression("substr(\"c d\", 1, 2)"), collation: "NOCASE"), "b",
          ]),
      ])
  }

  @Test func addedColumnsStandWhereSQLitePutsThem() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a INT, CHECK (a > 0)) STRICT;
      ALTER TABLE t ADD COLUMN b INT CHECK (b > 1); -- said later
      ALTER TABLE t ADD c TEXT CONSTRAINT k REFERENCES t (a) ON DELETE SET DEFAULT;
      ALTER TABLE t ADD COLUMN d TEXT COLLATE NOCASE;
      ALTER TABLE t RENAME COLUMN a TO "a b";
      ALTER TABLE t DROP COLUMN c;
      """)
    let table = try scratch.table("t")
    #expect(table.columns.map(\.name) == ["a b", "b", "d"])
    #expect(table.columns.map(\.collation) == [nil, nil, "NOCASE"])
    #expect(
      Set(table.checks) == [
        CheckConstraint(expression: "\"a b\" > 0"), CheckConstraint(expression: "b > 1", column: "b"),
      ])
    #expect(table.foreignKeys == [])
    #expect(table.options == [.strict])
  }

  @Test func virtualTablesAndWhatHoldsTheirContentAreNotSeen() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE VIRTUAL TABLE docs USING fts5 (body); CREATE VIRTUAL TABLE box USING rtree (id, x0, x1);
      CREATE TABLE docs_extra (a INT); CREATE TABLE data (a INT); CREATE TABLE other_data (a INT);
      """)
    #expect(try scratch.schema().sorted.map(\.name) == ["data", "docs_extra", "other_data"])
  }

  @Test(arguments: [
    ("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)", "AUTOINCREMENT"),
    ("CREATE TABLE t (a INT NOT NULL ON CONFLICT IGNORE)", "NOT NULL ON CONFLICT IGNORE"),
    ("CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE, b INT)", "UNIQUE (\"a\") ON CONFLICT REPLACE"),
    ("CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b) ON CONFLICT FAIL)", "(\"a\", \"b\") ON CONFLICT FAIL"),
    ("CREATE TABLE t (a INT REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)", "DEFERRABLE INITIALLY DEFERRED"),
    ("CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES t (a) ON UPDATE SET NULL MATCH FULL)", "MATCH FULL"),
    ("CREATE TABLE t (a TEXT, UNIQUE (\"a\" COLLATE \"NOCASE\" DESC))", "UNIQUE (\"a\" COLLATE \"NOCASE\" DESC)"),
    ("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)", "INTEGER PRIMARY KEY DESC"),
    ("CREATE TABLE t (a TEXT, PRIMARY KEY (a DESC)) WITHOUT ROWID", "PRIMARY KEY DESC"),
    ("CREATE TABLE t (a INT); CREATE TRIGGER g AFTER INSERT ON T BEGIN SELECT 1; END", "CREATE TRIGGER g"),
    ("CREATE TABLE t (a INT CHECK ( a\n> 0 ))", "CHECK ( a\n> 0 )"),
    ("CREATE TABLE t (a TEXT DEFAULT plain)", "DEFAULT plain"),
    ("CREATE TABLE t (a TEXT DEFAULT \"\")", "DEFAULT \"\""),
  ])
  func aDroppedTableComesBackWithAllThatItHad(sql: String, what: String) throws {
    let scratch = try ScratchDatabase(sql)
    let before = try scratch.copy(as: "before.db")
    let trip = try RoundTrip(scratch, to: Schema())
    try trip.upgrade()
    #expect(try scratch.schema().sorted.filter { !RoundTrip.books.contains($0.name.name) } == [])
    try trip.downgrade()
    let texts = try scratch.rows("SELECT sql FROM sqlite_master WHERE tbl_name IN ('t', 'T')").compactMap(\.first)
    #expect(texts.contains { $0?.contains(what) == true }, "\(texts)")
    let lines = try SQLiteSignature.lines(of: [before, scratch.path])
    #expect(lines[0] == lines[1])
  }

  @Test func whatSaysNothingIsNotKept() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE t (a TEXT PRIMARY KEY ASC ON CONFLICT ABORT, b TEXT COLLATE NOCASE UNIQUE,
        c TEXT REFERENCES t (a) NOT DEFERRABLE INITIALLY DEFERRED, UNIQUE (b ASC, c),
        FOREIGN KEY (b) REFERENCES t ON DELETE SET DEFAULT);
      """)
    let table = try scratch.table("t")
    #expect(table.primaryKey == PrimaryKey(columns: ["a"]))
    #expect(Set(table.uniques) == [UniqueConstraint(columns: ["b"]), UniqueConstraint(columns: ["b", "c"])])
    #expect(table.foreignKeys.map(\.deferral) == [.notDeferrable, .notDeferrable])
    #expect(table.columns.map(\.collation) == [nil, "NOCASE", nil])
  }

  @Test func numberOfQueriesDoesNotDependOnTheNumberOfTables() throws {
    func queries(tables: Int) throws -> Int {
      let scratch = try ScratchDatabase(
        (0..<tables).map { "CREATE TABLE t\($0) (a INT, b TEXT UNIQUE); CREATE INDEX i\($0) ON t\($0) (a);" }.joined())
      let connection = CountingConnection(try scratch.database.openForReading())
      #expect(try scratch.database.introspect(connection) { _ in false }.definition.tables.count == tables)
      return connection.count
    }
    #expect(try queries(tables: 1) == queries(tables: 60))
    #expect(try queries(tables: 0) <= 5)
  }

  @Test func unreadableTextsNameTheirTable() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a INT)")
    try scratch.run(
      "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE t (a INT, ''open' WHERE name = 't'")
    // SQLite itself refuses such a file, and names the table.
    let error = #expect(throws: MetaxyError.self) { try scratch.schema() }
    #expect(error?.code == .cannotOpenDatabase)
    let text = "\(error?.message ?? "") \(error?.cause.map { "\($0)" } ?? "")"
    #expect(text.contains("(t)") || text.contains("`t`"))
  }
}
