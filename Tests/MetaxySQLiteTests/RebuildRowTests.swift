import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct RebuildRowTests {
  /// The parent gets the key that the child refers to in a section after the child's.
  @Test func aForeignKeyMayWaitForTheKeyOfATableThatIsMadeAnewLater() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE a (x INT); CREATE TABLE b (y INT);
      INSERT INTO a VALUES (1); INSERT INTO b VALUES (1), (2);
      """)
    let desired = try ScratchDatabase("CREATE TABLE a (x INT REFERENCES b (y)); CREATE TABLE b (y INT UNIQUE)").schema()
    let trip = try RoundTrip(scratch, to: desired)
    try trip.upgrade()
    #expect(try RoundTrip(scratch, to: desired).operations.isEmpty)
    try trip.downgrade()
    #expect(try scratch.rows("SELECT x FROM a") == [["1"]])
    #expect(try scratch.rows("SELECT y FROM b") == [["1"], ["2"]])
  }

  @Test func aRowThatRefersToNoneIsFoundOnceItsForeignKeyCanBeLookedAt() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE a (x INT); CREATE TABLE b (y INT); INSERT INTO a VALUES (7); INSERT INTO b VALUES (1)")
    let desired = try ScratchDatabase("CREATE TABLE a (x INT REFERENCES b (y)); CREATE TABLE b (y INT UNIQUE)").schema()
    let trip = try RoundTrip(scratch, to: desired)
    #expect { try trip.upgrade() } throws: { ($0 as? MetaxyError)?.code == .brokenReferences }
    #expect(try scratch.table("b").uniques == [])
  }

  @Test func aForeignKeyThatFitsNoKeyIsNoObstacleElsewhere() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE a (x INT); CREATE TABLE old (y INT REFERENCES a (x)); CREATE TABLE t (z INT);")
    var desired = try scratch.schema()
    desired["t"]?.uniques = [UniqueConstraint(columns: ["z"])]
    try RoundTrip(scratch, to: desired).upgrade()
    #expect(try scratch.table("t").uniques == [UniqueConstraint(columns: ["z"])])
  }

  /// There is nothing to copy, and there are as many rows as before.
  @Test(arguments: [
    "CREATE TABLE t (b TEXT, CHECK (b IS NULL))", "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT DEFAULT (1 + 1))",
    "CREATE TABLE t (rowid TEXT DEFAULT x, _rowid_ INT, oid INT, CHECK (rowid = 'x'))",
  ])
  func rowsOfATableThatKeepsNoColumnStay(_ sql: String) throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES (1), (2), (3)")
    try RoundTrip(scratch, to: try ScratchDatabase(sql).schema()).upgrade()
    #expect(try scratch.rows("SELECT count(*) FROM t") == [["3"]])
  }

  @Test func rowsThatNoKeyIsKnownForAreNoRowsThatGo() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2)")
    let desired = try ScratchDatabase("CREATE TABLE t (b INT PRIMARY KEY) WITHOUT ROWID").schema()
    #expect { try RoundTrip(scratch, to: desired).upgrade() } throws: { ($0 as? MetaxyError)?.code == .statementFailed }
    #expect(try scratch.rows("SELECT a FROM t") == [["1"], ["2"]])
    // With no rows nothing is missing.
    try scratch.run("DELETE FROM t")
    try RoundTrip(scratch, to: desired).upgrade()
    #expect(try scratch.table("t").columns.map(\.name) == ["b"])
  }

  @Test func aColumnThatTakesThePlaceOfTheRowidHoldsIt() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a TEXT); INSERT INTO t (rowid, a) VALUES (7, 'x'), (9, 'y')")
    let desired = try ScratchDatabase("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)").schema()
    let trip = try RoundTrip(scratch, to: desired)
    try trip.upgrade()
    #expect(try scratch.rows("SELECT id, a FROM t") == [["7", "x"], ["9", "y"]])
    try trip.downgrade()
    #expect(try scratch.rows("SELECT rowid, a FROM t") == [["7", "x"], ["9", "y"]])
  }

  /// After DEFAULT a name is a text; in a SELECT it is a column.
  @Test func aDefaultThatIsANameIsATextWhereItTakesThePlaceOfNull() throws {
    let scratch = try ScratchDatabase(
      #"CREATE TABLE t (a TEXT DEFAULT b, b TEXT DEFAULT "c"); INSERT INTO t VALUES (NULL, NULL)"#)
    let desired = try ScratchDatabase(
      #"CREATE TABLE t (a TEXT NOT NULL DEFAULT b, b TEXT NOT NULL DEFAULT "c")"#
    ).schema()
    try RoundTrip(scratch, to: desired).upgrade()
    #expect(try scratch.rows("SELECT a, b FROM t") == [["b", "c"]])
  }

  @Test(arguments: [("a INTEGER", "'x'", "INTEGER"), ("a BLOB", "'x'", "BLOB"), ("a TEXT", "x'00'", "TEXT")])
  func valuesThatStrictDoesNotTakeAreToldByName(_ column: String, value: String, type: String) throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (\(column)); INSERT INTO t VALUES (\(value))")
    let desired = try ScratchDatabase("CREATE TABLE t (\(column)) STRICT").schema()
    let error = #expect(throws: MetaxyError.self) { try RoundTrip(scratch, to: desired).upgrade() }
    #expect(error?.code == .statementFailed)
    let text = "\(error?.cause.map { "\($0)" } ?? "")"
    #expect(text.contains("t.a holds values that do not fit \(type)"))
    #expect(try scratch.rows("SELECT a IS \(value) FROM t") == [["1"]])
  }

  @Test func aWiderTypeHasRoomForWhateverThereIs() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE t (a SMALLINT, b INTEGER, c REAL); INSERT INTO t VALUES (40000, 'x', 'y')")
    let desired = try ScratchDatabase("CREATE TABLE t (a INTEGER, b BIGINT, c FLOAT)").schema()
    try RoundTrip(scratch, to: desired).upgrade()
    #expect(try scratch.rows("SELECT a, b, c FROM t") == [["40000", "x", "y"]])
    let wide = try ScratchDatabase("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (40000)")
    let narrow = try ScratchDatabase("CREATE TABLE t (a SMALLINT)").schema()
    let error = #expect(throws: MetaxyError.self) { try RoundTrip(wide, to: narrow).upgrade() }
    #expect(error?.code == .statementFailed)
    let text = "\(error?.message ?? "") \(error?.cause.map { "\($0)" } ?? "")"
    #expect(text.contains("t.a holds values that do not fit SMALLINT"), "\(text)")
  }

  @Test func aTableWhoseNameIsAKeywordIsNotReadByEveryView() throws {
    let scratch = try ScratchDatabase(
      """
      CREATE TABLE "Select" (a INT); CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a FROM t;
      CREATE VIEW w AS SELECT a FROM "Select"; INSERT INTO "Select" VALUES (1);
      """)
    #expect(try scratch.liveSchema().dependents["Select"]?.views == ["w"])
    let desired = try ScratchDatabase("CREATE TABLE s (a INT UNIQUE); CREATE TABLE t (a INT)").schema()
    let trip = try RoundTrip(scratch, to: desired, renames: Renames(tables: ["s": "Select"]))
    try trip.upgrade()
    #expect(try scratch.rows("SELECT * FROM w") == [["1"]])
    try trip.downgrade()
    #expect(try scratch.rows("SELECT * FROM w") == [["1"]])
  }

  @Test func aColumnThatBecomesTheRowidMayNotHoldNull() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), (NULL, 'y')")
    let desired = try ScratchDatabase("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)").schema()
    let error = #expect(throws: MetaxyError.self) { try RoundTrip(scratch, to: desired).upgrade() }
    #expect(error?.code == .statementFailed)
    let text = "\(error?.message ?? "") \(error?.cause.map { "\($0)" } ?? "")"
    #expect(text.contains("t.a holds NULL"))
    #expect(try scratch.rows("SELECT a, b FROM t") == [["1", "x"], [nil, "y"]])
  }
}
