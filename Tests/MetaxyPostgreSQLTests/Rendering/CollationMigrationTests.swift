import MetaxyPostgreSQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Collations of other schemas, and expressions without one.
@Suite(.timed) struct CollationMigrationTests {
  private static let collation = "CREATE SCHEMA app; CREATE COLLATION app.\"c.1\" FROM \"C\";"

  @Test(arguments: [
    "CREATE INDEX i ON p USING gin (to_tsvector('english', body))", "CREATE INDEX i ON p USING gin ((j -> 'tags'))",
    "CREATE INDEX i ON p ((lower(body) COLLATE \"C\"))", "CREATE INDEX i ON p (lower(body) text_pattern_ops)",
    "CREATE INDEX i ON p (body COLLATE app.\"c.1\")",
    "CREATE INDEX i ON p (body COLLATE \"POSIX\", (j ->> 'x') COLLATE app.\"c.1\")",
    "ALTER TABLE p ALTER body TYPE text COLLATE app.\"c.1\"",
    "ALTER TABLE p ADD n text COLLATE app.\"c.1\" DEFAULT 'x'",
  ])
  func aCollationIsWrittenAsSQL(change: String) throws {
    let table = "\(Self.collation) CREATE TABLE p (i int, body text, j jsonb);"
    try Migration(from: table, to: "\(table) \(change)").goThereAndBack()
  }
}
