import MetaxyFeatures
import MetaxyNames
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct IndexIntrospectionTests {
  @Test func elementsAreReadWithTheirOrder() throws {
    let table = try ScratchDatabase(
      """
      CREATE TABLE t (a int, b text, c text COLLATE "C");
      CREATE INDEX i ON t (a DESC, b NULLS FIRST, a DESC NULLS LAST, b COLLATE "C" text_pattern_ops, c COLLATE "C",
        c COLLATE "POSIX", (a + 1), lower(b) text_pattern_ops DESC, ((b)::int), (CASE WHEN a > 1 THEN ')' END))
      """
    ).table()
    #expect(
      table.indexes.map(\.elements) == [
        [
          .descending("a"), IndexElement(.column("b"), nullsFirst: true),
          IndexElement(.column("a"), isDescending: true, nullsFirst: false),
          IndexElement(.column("b"), collation: "C", operatorClass: "text_pattern_ops"), "c",
          IndexElement(.column("c"), collation: "POSIX"), .expression("a + 1"),
          IndexElement(.expression("lower(b)"), isDescending: true, operatorClass: "text_pattern_ops"),
          .expression("(b)::integer"), .expression("CASE\n    WHEN (a > 1) THEN ')'::text\n    ELSE NULL::text\nEND"),
        ]
      ])
  }

  @Test func whatIsSaidOfIndexesIsRead() throws {
    let table = try ScratchDatabase(
      """
      CREATE TABLE t (a int, b text, c int, d jsonb);
      CREATE UNIQUE INDEX i1 ON t (a) INCLUDE (b, c) NULLS NOT DISTINCT WITH (fillfactor = 70, deduplicate_items = off)
        WHERE a > 0 AND b IS NOT NULL;
      CREATE INDEX i2 ON t USING gin (d jsonb_path_ops); CREATE INDEX i3 ON t USING hash (a);
      CREATE INDEX i4 ON t USING brin (a int4_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 32);
      COMMENT ON INDEX i2 IS 'paths'
      """
    ).table()
    var first = Index(
      name: .derived("i1"), elements: ["a"], isUnique: true, predicate: "(a > 0) AND (b IS NOT NULL)")
    first.includes = ["b", "c"]
    first.nullsAreEqual = true
    first.storage = ["fillfactor": "70", "deduplicate_items": "off"]
    var second = Index(name: .derived("i2"), elements: [IndexElement(.column("d"), operatorClass: "jsonb_path_ops")])
    second.method = "gin"
    second.comment = "paths"
    var third = Index(name: .derived("i3"), elements: ["a"])
    third.method = "hash"
    var fourth = Index(
      name: .derived("i4"),
      elements: [IndexElement(.column("a"), operatorClass: "int4_minmax_multi_ops(values_per_range=16)")])
    fourth.method = "brin"
    fourth.storage = ["pages_per_range": "32"]
    #expect(table.indexes == [first, second, third, fourth])
  }

  @Test func anIndexThatWasNotFinishedIsInvalid() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)")
    #expect(throws: (any Error).self) { try scratch.rows("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)") }
    #expect(try scratch.liveSchema().invalidIndexes["t"] == Set(scratch.table().indexes.map(\.name.text)))
  }
}
