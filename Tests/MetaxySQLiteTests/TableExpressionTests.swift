import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

/// What other programs wrote, in whose SQLite `"a"` may be a text, and a column stands with its table.
@Suite(.timed) struct TableExpressionTests {
  private static let table = """
    CREATE TABLE t (
      "kind" TEXT CHECK ("kind" IN ("a", "it's") AND t."kind" <> "x"), "f" AS (lower("kind") || "-x" COLLATE "nocase"),
      c CHECK (CAST(c AS "text") <> "rowid" OR "c" IS NULL)
    );
    CREATE INDEX i ON t (("kind" || "z")) WHERE "kind" <> "q";
    INSERT INTO t (kind) VALUES ('a');
    """

  @Test func textsInDoubleQuotesAndTheTablesNameAreNoObstacleToARebuild() throws {
    let scratch = try ScratchDatabase(Self.table)
    var desired = try scratch.schema()
    desired["t"]?.uniques = [UniqueConstraint(columns: ["kind"])]
    let trip = try RoundTrip(scratch, to: desired)
    #expect(trip.operations.count == 1)
    for run in [trip.upgrade, trip.downgrade] {
      try run()
      #expect(try scratch.rows("SELECT kind, f FROM t WHERE kind || 'z' = 'az'") == [["a", "a-x"]])
      #expect(throws: DatabaseFile.Failure.self) { try scratch.run("INSERT INTO t (kind) VALUES ('b')") }
      try scratch.run("BEGIN; INSERT INTO t (kind) VALUES ('it''s'); ROLLBACK")
    }
  }

  @Test func namesOfColumnsTypesAndCollationsStayNames() throws {
    let table = try ScratchDatabase(Self.table).table("t")
    #expect(
      table.checks.map(\.expression.text) == [
        #""kind" IN ('a', 'it''s') AND "kind" <> 'x'"#, #"CAST(c AS "text") <> "rowid" OR "c" IS NULL"#,
      ])
    #expect(table.columns[1].generated?.expression.text == #"lower("kind") || '-x' COLLATE "nocase""#)
    #expect(table.indexes.map { $0.predicate?.text } == [#""kind" <> 'q'"#])
  }

  @Test func aTableThatSaysTheSameInSingleQuotesIsNoOther() throws {
    let scratch = try ScratchDatabase(#"CREATE TABLE t (a CHECK (a IN ("x", "y")))"#)
    let desired = try ScratchDatabase("CREATE TABLE t (a CHECK (a IN ('x', 'y')))").schema()
    #expect(try RoundTrip(scratch, to: desired).operations.isEmpty)
  }
}
