import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

@Suite(.timed) struct CatalogTests {
  @Test func tablesHaveTheirSchemasNames() throws {
    let connection = try ScratchDatabase(
      """
      CREATE TABLE "Video" (n int); CREATE SCHEMA archive; CREATE TABLE archive.video (n int);
      CREATE TABLE part (n int) PARTITION BY LIST (n); CREATE TABLE part1 PARTITION OF part FOR VALUES IN (1);
      CREATE VIEW v AS SELECT 1 AS n; CREATE MATERIALIZED VIEW m AS SELECT 1 AS n; CREATE SEQUENCE s;
      CREATE UNLOGGED TABLE fast (n int);
      """
    ).connection()
    try connection.execute("CREATE TEMPORARY TABLE mine (n int)")
    #expect(connection.defaultSchema == "public")
    #expect(try connection.tableNames() == ["Video", TableName("video", schema: "archive"), "part", "part1", "fast"])
  }

  @Test func tablesOfExtensionsAreLeftOut() throws {
    let scratch = try ScratchDatabase("CREATE TABLE own (n int); CREATE TABLE taken (n int)")
    // What `CREATE EXTENSION` does for each of its objects.
    _ = try scratch.rows("CREATE EXTENSION IF NOT EXISTS plpgsql; ALTER EXTENSION plpgsql ADD TABLE taken")
    #expect(try scratch.connection().tableNames() == ["own"])
  }

  @Test func columnsComeInTheirOrder() throws {
    let connection = try ScratchDatabase(
      """
      CREATE TABLE a (z int, gone int, "B b" int, a int); ALTER TABLE a DROP COLUMN gone;
      CREATE SCHEMA s; CREATE TABLE s.a (other int);
      """
    ).connection()
    #expect(try connection.columnNames(of: "a") == ["z", "B b", "a"])
    #expect(try connection.columnNames(of: TableName("a", schema: "s")) == ["other"])
    #expect(try connection.columnNames(of: "missing") == [])
  }

  @Test func tablesFollowADeletion() throws {
    let connection = try ScratchDatabase(
      """
      CREATE TABLE a (id int PRIMARY KEY, parent int REFERENCES a ON DELETE CASCADE);
      CREATE TABLE b (id int PRIMARY KEY REFERENCES a ON DELETE CASCADE);
      CREATE SCHEMA s; CREATE TABLE s.c (id int PRIMARY KEY REFERENCES b ON DELETE SET NULL);
      CREATE TABLE d (id int REFERENCES s.c ON DELETE CASCADE); CREATE TABLE e (id int REFERENCES a);
      CREATE TABLE f (id int REFERENCES a ON DELETE RESTRICT); CREATE TABLE g (id int REFERENCES b ON DELETE SET DEFAULT);
      """
    ).connection()
    // The rows of `s.c` stay when those of `b` go, and so do those that refer to them.
    #expect(try connection.tablesFollowing("a", whenDropped: false) == ["b", "g", TableName("c", schema: "s")])
    #expect(try connection.tablesFollowing(TableName("c", schema: "s"), whenDropped: false) == ["d"])
    #expect(try connection.tablesFollowing("e", whenDropped: false) == [])
  }
}
