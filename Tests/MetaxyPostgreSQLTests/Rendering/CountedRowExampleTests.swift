import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import Testing

/// The query for some of the rows that another query counts, in the forms of PostgreSQL.
@Suite struct CountedRowExampleTests {
  private func examples(of count: String) throws -> RowExamples? {
    let dialect = PostgreSQLDialect()
    guard let query = CountQuery(count, lexicon: dialect.lexicon) else { return nil }
    return try RowExamples(of: query, dialect) { name throws(MetaxyError) in
      let columns = ["id", "Path", "during"].map { Column(name: $0, type: .string(length: nil)) }
      return name == TableName("t", schema: "s")
        ? Table(name: name, columns: columns, primaryKey: PrimaryKey(columns: ["id"])) : nil
    }
  }

  @Test(arguments: [
    (
      "SELECT (SELECT count(*) FROM ONLY \"s\".\"t\" AS \"t\" WHERE (\"Path\")::text = $a$ WHERE ' $a$ /* /* */ ' */)",
      "SELECT \"id\", \"Path\" FROM ONLY \"s\".\"t\" AS \"t\" WHERE (\"Path\")::text = $a$ WHERE ' $a$ ORDER BY \"id\" LIMIT 3"
    ),
    (
      "SELECT count(*) FROM S.T AS x WHERE EXTRACT(year FROM x.During) = 1 AND x.ID IS DISTINCT FROM E'\\' GROUP BY '",
      "SELECT \"id\", \"during\" FROM S.T AS x WHERE EXTRACT(year FROM x.During) = 1"
        + " AND x.ID IS DISTINCT FROM E'\\' GROUP BY ' ORDER BY \"id\" LIMIT 3"
    ),
    (
      "SELECT (SELECT coalesce(sum(\"n\"), 0)::bigint FROM (SELECT count(*) AS \"n\" FROM ONLY s.t AS \"t\""
        + " GROUP BY lower(\"t\".\"Path\"), during HAVING count(*) > 1) AS \"groups\")",
      "SELECT \"id\", \"Path\", \"during\" FROM (SELECT *, count(*) OVER (PARTITION BY lower(\"t\".\"Path\"), during) AS"
        + " \"_metaxy_n\" FROM ONLY s.t AS \"t\") AS \"t\" WHERE \"_metaxy_n\" > 1 ORDER BY lower(\"t\".\"Path\"), during, \"id\""
        + " LIMIT 3"
    ),
  ])
  func rowsOfACount(_ count: String, _ query: String) throws {
    #expect(try examples(of: count)?.query == query)
  }

  /// The columns have the names of the table, and the places of the rows are not shown.
  @Test func rowsThatExcludeEachOther() throws {
    let rows =
      "WITH \"r\" AS MATERIALIZED (SELECT row_number() OVER () AS \"n\", \"during\" AS \"k0\" FROM ONLY s.t AS \"t\")"
    let condition =
      "EXISTS (SELECT FROM \"r\" AS \"b\" WHERE \"a\".\"n\" <> \"b\".\"n\" AND \"a\".\"k0\" && \"b\".\"k0\")"
    let examples = try examples(of: "SELECT (\(rows) SELECT count(*) FROM \"r\" AS \"a\" WHERE \(condition))")
    #expect(examples?.query == "\(rows) SELECT \"k0\" FROM \"r\" AS \"a\" WHERE \(condition) LIMIT 3")
    #expect(examples?.columns == ["during"])
  }

  @Test(arguments: [
    "SELECT count(*) FROM s.t TABLESAMPLE SYSTEM (10)", "SELECT count(*) FROM s.t AS t (a, b) WHERE a = 1",
    "SELECT count(*) FROM s.t *", "SELECT count(*) FROM generate_series(1, 2)", "SELECT count(*) FROM \"S\".\"T\"",
    "SELECT count(*) FROM LATERAL (SELECT 1) AS l", "SELECT count(*)::int FROM s.t",
    "SELECT count(*) FROM s.t FETCH FIRST ROW ONLY",
    "SELECT count(*) FROM s.t WHERE id = 1 FOR UPDATE",
  ])
  func anotherShapeHasNoExamples(_ count: String) throws {
    #expect(try examples(of: count) == nil)
  }
}
