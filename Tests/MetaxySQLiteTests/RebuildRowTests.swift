import MetaxyErrors
import MetaxySQLite
import MetaxySchema
import Testing

@Suite struct RebuildRowTests {
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
    #expect(throws: MetaxyError.self) { try trip.upgrade() }
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

  @Test func aColumnThatBecomesTheRowidMayNotHoldNull() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), (NULL, 'y')")
    let desired = try ScratchDatabase("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)").schema()
    let error = #expect(throws: MetaxyError.self) { try RoundTrip(scratch, to: desired).upgrade() }
    let text = "\(error?.message ?? "") \(error?.cause.map { "\($0)" } ?? "")"
    #expect(text.contains("t.a holds NULL"))
    #expect(try scratch.rows("SELECT a, b FROM t") == [["1", "x"], [nil, "y"]])
  }
}
