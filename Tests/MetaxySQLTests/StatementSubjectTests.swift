import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import Testing

@Suite struct StatementSubjectTests {
  private func statement(_ sql: String) throws -> ScannedStatement {
    try #require(try ScannedStatement.statements(of: sql, lexicon: .sqlite).first)
  }

  @Test(arguments: [
    ("create table a (b int)", "CREATE TABLE"), ("CREATE UNIQUE INDEX i ON a (b)", "CREATE INDEX"),
    ("CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE VIEW"), ("CREATE TEMP TABLE a (b INT)", "CREATE TEMPORARY TABLE"),
    ("CREATE MATERIALIZED VIEW v AS SELECT 1", "CREATE VIEW"),
    ("CREATE VIRTUAL TABLE a USING fts5 (b)", "CREATE VIRTUAL TABLE"), ("DROP TABLE IF EXISTS a", "DROP TABLE"),
    ("comment on table a is 'create'", "COMMENT ON TABLE"), ("ALTER TABLE a ADD b INT", "ALTER TABLE"),
    ("INSERT INTO a VALUES (1)", "INSERT"), ("\"CREATE\" TABLE", ""),
  ])
  func subject(sql: String, expected: String) throws {
    #expect(try statement(sql).subject == expected)
  }

  @Test(arguments: [
    ("CREATE TABLE A (b INT)", "A"), ("CREATE TABLE IF NOT EXISTS main.\"A b\" (b INT)", "main.A b"),
    ("CREATE TABLE IF (b INT)", "IF"), ("CREATE TABLE a AS SELECT 1", "a"),
    ("CREATE TEMP TABLE a (b INT)", nil), ("CREATE VIRTUAL TABLE a USING fts5 (b)", nil),
    ("CREATE VIEW a AS SELECT 1", nil),
  ])
  func createdTable(sql: String, expected: String?) throws {
    #expect(try statement(sql).createdTable(.sqlite)?.description == expected)
  }

  /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
  @Test(arguments: [
    ("CREATE TABLE Video (id int)", "video"), (#"CREATE TABLE "Video" (id int)"#, "Video"),
    (#"CREATE UNLOGGED TABLE Old."Video" (id int)"#, "old.Video"),
  ])
  func namesWithoutQuotesAreInSmallLettersToPostgreSQL(sql: String, expected: String) throws {
    #expect(try statement(sql).createdTable(.postgresql)?.description == expected)
  }
}
