import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import Testing

/// The query for some of the rows that another query counts.
@Suite struct CountedRowExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var count: String
    var query: String
    /// The names that are shown, if they are not those of the query.
    var columns: [String]?
    var testDescription: String { count }

    init(_ count: String, _ query: String, columns: [String]? = nil) {
      self.count = count
      self.query = query
      self.columns = columns
    }
  }

  /// `video` has a key, and `loose` has none.
  private static func table(_ name: TableName) -> Table? {
    func columns(_ names: String...) -> [Column] { names.map { Column(name: $0, type: .string(length: nil)) } }
    return switch name.name.folded {
    case "video":
      Table(name: "video", columns: columns("id", "path", "size", "a WHERE b"), primaryKey: PrimaryKey(columns: ["id"]))
    case "loose": Table(name: "loose", columns: columns("one", "two", "three", "four"))
    default: nil
    }
  }

  static func examples(of count: String, _ dialect: any Dialect) throws -> RowExamples? {
    guard let query = CountQuery(count, lexicon: dialect.lexicon) else { return nil }
    return try RowExamples(of: query, dialect) { name throws(MetaxyError) in Self.table(name) }
  }

  @Test(arguments: [
    Example(
      "SELECT count(*) FROM video WHERE size IS NULL",
      "SELECT \"id\", \"size\" FROM video WHERE size IS NULL ORDER BY \"id\" LIMIT 3"),
    Example("SELECT count(*) FROM video", "SELECT \"id\" FROM video ORDER BY \"id\" LIMIT 3"),
    Example(
      "select COUNT ( * ) as n from main.\"video\" v where v.Size is null;",
      "SELECT \"id\", \"size\" FROM main.\"video\" v WHERE v.Size is null ORDER BY \"id\" LIMIT 3"),
    Example(
      "SELECT (SELECT count(*) FROM \"video\" AS \"t\" WHERE \"t\".\"path\" = 'a')",
      "SELECT \"id\", \"path\" FROM \"video\" AS \"t\" WHERE \"t\".\"path\" = 'a' ORDER BY \"id\" LIMIT 3"),
    // Names, texts and comments that look like clauses.
    Example(
      "SELECT /* FROM loose WHERE */ count(*) FROM video -- WHERE one\n WHERE \"a WHERE b\" <> 'it''s GROUP BY (' -- )",
      "SELECT \"id\", \"a WHERE b\" FROM video WHERE \"a WHERE b\" <> 'it''s GROUP BY (' ORDER BY \"id\" LIMIT 3"),
    Example(
      "SELECT count(*) FROM video WHERE [a WHERE b] = 1 /* ' */ AND `path` = \"size\"",
      "SELECT \"id\", \"path\", \"size\", \"a WHERE b\" FROM video WHERE [a WHERE b] = 1 /* ' */ AND `path` = \"size\""
        + " ORDER BY \"id\" LIMIT 3"),
    // Clauses within parentheses are not those of the query. A name in a subquery is one of its table.
    Example(
      "SELECT count(*) FROM video AS c WHERE NOT EXISTS (SELECT 1 FROM loose AS p WHERE size = c.path GROUP BY two)",
      "SELECT \"id\", \"path\" FROM video AS c WHERE NOT EXISTS (SELECT 1 FROM loose AS p WHERE size = c.path GROUP BY two)"
        + " ORDER BY \"id\" LIMIT 3"),
    Example(
      "SELECT count(*) FROM video WHERE size(path) = CAST(id AS size) AND (id IN (1, 2) OR length(path) > 3)",
      "SELECT \"id\", \"path\" FROM video WHERE size(path) = CAST(id AS size) AND (id IN (1, 2) OR length(path) > 3)"
        + " ORDER BY \"id\" LIMIT 3"),
    // Without a key.
    Example(
      "SELECT count(*) FROM loose WHERE four > 1",
      "SELECT \"one\", \"two\", \"three\", \"four\" FROM loose WHERE four > 1 LIMIT 3"),
    // Queries in FROM.
    Example(
      "SELECT (SELECT count(*) FROM (SELECT \"id\", path AS \"p\", size + 1 AS \"size\" FROM video) AS \"t\" WHERE \"p\" > \"size\")",
      "SELECT \"id\", \"p\", \"size\" FROM (SELECT \"id\", path AS \"p\", size + 1 AS \"size\" FROM video) AS \"t\""
        + " WHERE \"p\" > \"size\" ORDER BY \"id\" LIMIT 3",
      columns: ["id", "path", "size"]),
    Example(
      "SELECT count(*) FROM (SELECT path, count(*) AS n FROM video GROUP BY path HAVING count(*) > 1) AS d",
      "SELECT \"path\", \"n\" FROM (SELECT path, count(*) AS n FROM video GROUP BY path HAVING count(*) > 1) AS d LIMIT 3"
    ),
    Example(
      "SELECT count(*) FROM (SELECT DISTINCT path IS DISTINCT FROM id AS differs, path FROM video) AS d",
      "SELECT \"differs\", \"path\" FROM (SELECT DISTINCT path IS DISTINCT FROM id AS differs, path FROM video) AS d LIMIT 3"
    ),
    Example(
      "SELECT count(*) FROM (SELECT a.path, b.one FROM video AS a JOIN loose AS b ON a.id = b.two) AS j WHERE one = 1",
      "SELECT \"path\", \"one\" FROM (SELECT a.path, b.one FROM video AS a JOIN loose AS b ON a.id = b.two) AS j WHERE one = 1"
        + " LIMIT 3"),
    // Common table expressions, which hide tables of their names.
    Example(
      "SELECT (WITH \"loose\"(\"key\", \"bytes\") AS (SELECT \"id\", \"size\" FROM main.\"video\") SELECT (SELECT count(*) FROM"
        + " \"loose\" WHERE \"bytes\" IS NULL))",
      "WITH \"loose\"(\"key\", \"bytes\") AS (SELECT \"id\", \"size\" FROM main.\"video\") SELECT \"key\", \"bytes\" FROM"
        + " \"loose\" WHERE \"bytes\" IS NULL ORDER BY \"key\" LIMIT 3",
      columns: ["id", "size"]),
    // Rows that share their values.
    Example(
      "SELECT (SELECT coalesce(sum(\"n\"), 0) FROM (SELECT count(*) AS \"n\" FROM \"video\" WHERE \"path\" IS NOT NULL GROUP BY"
        + " \"path\" COLLATE NOCASE HAVING count(*) > 1))",
      "SELECT \"id\", \"path\" FROM (SELECT *, count(*) OVER (PARTITION BY \"path\" COLLATE NOCASE) AS \"_metaxy_n\" FROM"
        + " \"video\" WHERE \"path\" IS NOT NULL) AS \"video\" WHERE \"_metaxy_n\" > 1 ORDER BY \"path\" COLLATE NOCASE, \"id\""
        + " LIMIT 3"),
  ])
  func rowsOfACount(_ example: Example) throws {
    let examples = try #require(try Self.examples(of: example.count, SQLiteDialect()))
    #expect(examples.query == example.query)
    if let columns = example.columns { #expect(examples.columns == columns) }
  }

  @Test(arguments: [
    "SELECT 1", "SELECT count(*)", "SELECT count(path) FROM video", "SELECT count(DISTINCT path) FROM video",
    "SELECT count(*) > 0 FROM video", "SELECT count(*), 1 FROM video", "SELECT max(id) FROM video",
    "SELECT count(*) FROM video, loose WHERE one = id", "SELECT count(*) FROM video JOIN loose ON one = id",
    "SELECT count(*) FROM video NATURAL JOIN loose", "SELECT count(*) FROM video CROSS JOIN loose WHERE one = 1",
    "SELECT count(*) FROM video GROUP BY path", "SELECT count(*) FROM video WHERE id = 1 GROUP BY path",
    "SELECT count(*) FROM video HAVING count(*) > 1", "SELECT count(*) FROM video WHERE id = 1 LIMIT 1",
    "SELECT count(*) FROM video WHERE id = 1 UNION SELECT count(*) FROM loose",
    "SELECT count(*) FROM video WHERE id = 1; SELECT count(*) FROM loose", "SELECT count(*) FROM video WHERE",
    "SELECT count(*) FILTER (WHERE id = 1) FROM video", "SELECT count(*) OVER () FROM video",
    "SELECT (SELECT count(*) FROM video) + 1", "SELECT (SELECT count(*) FROM video), 1",
    "SELECT (SELECT count(*) FROM video WHERE id = v.id) FROM video AS v", "SELECT -(SELECT count(*) FROM video)",
    "SELECT count(*) FROM missing WHERE id = 1", "SELECT count(*) FROM pragma_table_info('video') WHERE name = 'id'",
    "SELECT count(*) FROM (VALUES (1))", "SELECT count(*) FROM (SELECT 1 UNION SELECT 2)",
    "SELECT count(*) FROM (SELECT * FROM video JOIN loose)", "SELECT count(*) FROM video WHERE path = 'open",
    "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r",
    "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS m FROM video GROUP BY path HAVING count(*) > 1)",
    "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM video GROUP BY path HAVING max(id) > 1)",
    "SELECT coalesce(sum(n), 1) FROM (SELECT count(*) AS n FROM video GROUP BY path HAVING count(*) > 1)",
    "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM video GROUP BY path)",
  ])
  func anotherShapeHasNoExamples(_ count: String) throws {
    #expect(try Self.examples(of: count, SQLiteDialect()) == nil)
  }
}
