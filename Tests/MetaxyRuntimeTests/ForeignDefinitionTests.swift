import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// What other programs and modules of SQLite define does not stop a revision.
@Suite(.timed) struct ForeignDefinitionTests {
  /// A text in double quotes that is no name is a string there. https://sqlite.org/quirks.html#dblquote
  @Test func textInDoubleQuotesElsewhereDoesNotStopARename() throws {
    let store = try ScratchStore(
      """
      CREATE TABLE odd (a TEXT CHECK (a <> "none"));
      CREATE INDEX some ON odd (a) WHERE a <> "all";
      CREATE TABLE t (a INT, b INT);
      INSERT INTO t VALUES (1, 2);
      """)
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade foreign_keys:off
      CREATE TABLE new_t (a INT, b INT, c INT);
      INSERT INTO new_t (a, b) SELECT a, b FROM t;
      DROP TABLE t;
      ALTER TABLE new_t RENAME TO t;
      -- metaxy:upgrade
      ALTER TABLE t RENAME COLUMN b TO d;
      ALTER TABLE t RENAME TO u;
      ALTER TABLE u DROP COLUMN c;
      -- metaxy:downgrade
      """)
    try store.upgrade()
    #expect(try store.rows("SELECT a, d FROM u") == [["1", "2"]])
    // In the statements of a revision it stays a name.
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE v (a TEXT CHECK (a <> \"none\"));\n-- metaxy:downgrade")
    #expect(store.failure { try store.upgrade() }?.code == .statementFailed)
  }

  @Test(arguments: [
    "CREATE VIRTUAL TABLE v USING rtree(id, low, high);\nINSERT INTO v VALUES (1, 0, 5);",
    "CREATE VIRTUAL TABLE v USING fts4(body);\nINSERT INTO v VALUES ('text');",
    "CREATE VIRTUAL TABLE v USING fts5(body);\nINSERT INTO v VALUES ('text');",
  ])
  func virtualTablesAreCreatedAndFilled(_ statements: String) throws {
    let store = try ScratchStore()
    try store.revision("aa", "-- metaxy:upgrade\n\(statements)\n-- metaxy:downgrade")
    try store.upgrade()
    #expect(try store.rows("SELECT count(*) FROM v") == [["1"]])
    try store.revision("bb", "-- metaxy:upgrade\nDELETE FROM v WHERE rowid > 0;\n-- metaxy:downgrade")
    let error = store.failure { try store.upgrade() }
    #expect(error?.message.contains("1 row of `v`") == true, "\(error?.message ?? "")")
  }
}
