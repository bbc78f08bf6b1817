import MetaxyNames
import MetaxyPostgreSQL
import MetaxySQL
import MetaxySQLite
import Testing

/// The tables that statements change.
@Suite struct StatementReachTests {
  private func reach(_ sql: String, _ lexicon: Lexicon = PostgreSQLDialect().lexicon) throws -> StatementReach {
    StatementReach(try SQLTokenizer.tokens(of: sql, lexicon: lexicon), lexicon: lexicon)
  }

  @Test(arguments: [
    ("CREATE TABLE IF NOT EXISTS Video (id INT REFERENCES other (id))", ["video"]),
    ("CREATE TABLE archive.\"Video\" AS SELECT * FROM old", ["archive.Video"]),
    ("CREATE OR REPLACE VIEW v AS SELECT * FROM t", ["v"]),
    ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t (a)", ["s.t"]),
    ("CREATE INDEX ON t (a)", ["t"]),
    ("CREATE MATERIALIZED VIEW m AS SELECT 1", ["m"]),
    ("ALTER TABLE IF EXISTS ONLY t * ADD COLUMN a INT", ["t"]),
    ("ALTER TABLE s.t RENAME TO u", ["s.t", "s.u"]),
    ("ALTER TABLE t SET SCHEMA s", ["t", "s.t"]),
    ("ALTER TABLE t ATTACH PARTITION p DEFAULT", ["t", "p"]),
    ("ALTER TABLE t RENAME COLUMN a TO b", ["t"]),
    ("ALTER SEQUENCE s OWNED BY t.a", ["s"]),
    ("DROP TABLE IF EXISTS a, s.b RESTRICT", ["a", "s.b"]),
    ("COMMENT ON COLUMN s.t.c IS 'x'", ["s.t"]),
    ("COMMENT ON TABLE t IS 'x'", ["t"]),
    ("TRUNCATE TABLE a, ONLY b", ["a", "b"]),
    ("LOCK TABLE a IN EXCLUSIVE MODE", ["a"]),
    ("INSERT INTO a SELECT * FROM b", ["a"]),
    ("INSERT OR REPLACE INTO a VALUES (1)", ["a"]),
    ("UPDATE ONLY a SET x = 1", ["a"]),
    ("DELETE FROM a USING b WHERE a.x = b.x", ["a"]),
    ("WITH w AS (SELECT 1) UPDATE a SET x = 1", ["a"]),
    ("MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN DELETE", ["a"]),
  ])
  func changesTheseTables(_ sql: String, expected: [String]) throws {
    #expect(try reach(sql).changed?.map(\.description) == expected)
  }

  @Test(arguments: [
    "DROP INDEX i", "ALTER INDEX i RENAME TO j", "DROP TABLE a CASCADE", "TRUNCATE a CASCADE", "DO $$ BEGIN END $$",
    "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f()", "SELECT setval('s', 1)", "CALL p()",
    "CREATE FUNCTION f() RETURNS INT LANGUAGE sql AS $$ SELECT 1 $$", "GRANT SELECT ON a TO b",
    "WITH w AS (DELETE FROM b RETURNING *) INSERT INTO a SELECT * FROM w", "VACUUM", "",
  ])
  func theTablesOfTheseAreUnknown(_ sql: String) throws { #expect(try reach(sql).changed == nil) }

  @Test func namesThatAreReadAreMentioned() throws {
    let reach = try reach("CREATE VIEW v AS SELECT * FROM \"Old\" JOIN t ON true")
    #expect(reach.mentioned.isSuperset(of: ["old", "t", "v"]))
    #expect(try self.reach("DROP INDEX a, s.b").droppedIndexes == ["a", "b"])
    #expect(try self.reach("CREATE INDEX a ON t (x)").createdIndex == "a")
  }
}
