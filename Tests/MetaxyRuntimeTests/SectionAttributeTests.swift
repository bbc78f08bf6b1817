import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxyTestSupport
import Testing

@Suite struct SectionAttributeTests {
  private static let family = """
    CREATE TABLE parent (id INTEGER PRIMARY KEY, n INT);
    CREATE TABLE child (up INTEGER REFERENCES parent (id) ON DELETE CASCADE);
    CREATE VIEW v AS SELECT id FROM parent;
    INSERT INTO parent VALUES (1, 2); INSERT INTO child VALUES (1);
    """
  /// https://sqlite.org/lang_altertable.html#otheralter
  private static let rebuild = """
    -- metaxy:upgrade foreign_keys:off
    CREATE TABLE parent_new (id INTEGER PRIMARY KEY, n BIGINT NOT NULL);
    INSERT INTO parent_new SELECT id, n FROM parent;
    -- metaxy:allow DS102 copied above
    DROP TABLE parent;
    ALTER TABLE parent_new RENAME TO parent;
    -- metaxy:downgrade
    """

  @Test func aRebuildByHandKeepsTheRowsOfChildrenAndTheViews() throws {
    let store = try ScratchStore(Self.family)
    try store.revision("aa", Self.rebuild)
    try store.upgrade()
    #expect(try store.rows("SELECT id, n FROM parent") == [["1", "2"]])
    #expect(try store.rows("SELECT up FROM child") == [["1"]])
    #expect(try store.rows("SELECT id FROM v") == [["1"]])
    #expect(try store.rows("SELECT \"table\" FROM pragma_foreign_key_list('child')") == [["parent"]])
    #expect(
      try store.rows("SELECT sql FROM sqlite_master WHERE name = 'v'") == [["CREATE VIEW v AS SELECT id FROM parent"]])
  }

  @Test(arguments: [true, false])
  func foreignKeysAreOnAgainAfterTheSection(fails: Bool) throws {
    let store = try ScratchStore(Self.family)
    try store.revision(
      "aa", fails ? "-- metaxy:upgrade foreign_keys:off\nSELECT nobody;\n-- metaxy:downgrade" : Self.rebuild)
    let connection = try store.database.openForWriting()
    #expect((store.failure { try store.upgrade(on: connection) } != nil) == fails)
    #expect(try connection.query("PRAGMA foreign_keys") == [[.integer(1)]])
    #expect(try connection.query("PRAGMA legacy_alter_table") == [[.integer(0)]])
  }

  @Test func foreignKeysHoldWithTheAttributeAndWithout() throws {
    let store = try ScratchStore(Self.family)
    try store.revision("aa", "-- metaxy:upgrade\nINSERT INTO child VALUES (7);\n-- metaxy:downgrade")
    #expect((store.failure { try store.upgrade() }?.cause as? MetaxyError)?.message.contains("FOREIGN KEY") == true)
    try store.revision("aa", "-- metaxy:upgrade foreign_keys:off\nINSERT INTO child VALUES (7);\n-- metaxy:downgrade")
    // Off during the section, and checked before its commit.
    #expect(store.failure { try store.upgrade() }?.message.contains("rows that do not exist") == true)
    #expect(try store.rows("SELECT up FROM child") == [["1"]])
  }

  private static let alone = """
    -- metaxy:upgrade transaction:false
    CREATE INDEX i1 ON t (a);
    CREATE INDEX i2 ON t (b);
    CREATE UNIQUE INDEX i3 ON t (a);

    -- metaxy:downgrade transaction:false
    DROP INDEX i3;
    DROP INDEX i2;
    DROP INDEX i1;
    """

  @Test func statementsOutsideTransactionsAreTakenUpWhereTheyStopped() throws {
    let store = try ScratchStore("CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 1), (1, 2)")
    try store.revision("aa", Self.alone)
    #expect(store.failure { try store.upgrade() }?.message.contains("statement 3 of 3") == true)
    #expect(try store.log("section, statement, finished_at IS NULL") == [["0", "2", "1"]])
    #expect(try store.versions() == [])
    _ = try store.rows("DELETE FROM t WHERE b = 2")
    let connection = MeddlingConnection(try store.database.openForWriting())
    try store.upgrade(on: connection)
    #expect(connection.statements == ["CREATE UNIQUE INDEX i3 ON t (a)"])
    #expect(try store.versions() == ["aa"])
    try store.downgrade()
    #expect(try store.rows("SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'i%'") == [])
  }

  @Test func aStatementThatIsDoneMayNotBeEditedBeforeTheRunGoesOn() throws {
    let store = try ScratchStore("CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 1), (1, 2)")
    try store.revision("aa", Self.alone)
    _ = store.failure { try store.upgrade() }
    try store.revision("aa", Self.alone.replacing("i2 ON t (b)", with: "i2 ON t (a, b)"))
    #expect(store.failure { try store.upgrade() }?.code == .editedWhileHalfApplied)
    try store.revision("aa", Self.alone.replacing("CREATE UNIQUE INDEX i3", with: "CREATE INDEX i3"))
    try store.upgrade()
    #expect(try store.versions() == ["aa"])
  }

  @Test func aStatementThatWasDoneButNotNotedIsNotDoneAgain() throws {
    let store = try ScratchStore("CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 1), (1, 2)")
    try store.revision("aa", Self.alone)
    _ = store.failure { try store.upgrade() }
    // As if the process had been killed between the third statement and the note of it.
    _ = try store.rows("DELETE FROM t WHERE b = 2; CREATE UNIQUE INDEX i3 ON t (a)")
    try store.upgrade()
    #expect(try store.versions() == ["aa"])
  }

  @Test(arguments: ["VACUUM", "ANALYZE", "REINDEX"])
  func upkeepRunsOutsideTransactions(_ statement: String) throws {
    let store = try ScratchStore("CREATE TABLE t (a INT); CREATE TABLE other (a INT); INSERT INTO other VALUES (1)")
    store.policy = AccessPolicy { $0 == "other" ? "it is another's" : nil }
    try store.revision("aa", "-- metaxy:upgrade transaction:false\n\(statement);\n-- metaxy:downgrade")
    let error = store.failure { try store.upgrade() }
    #expect(error == nil, "\(error?.message ?? ""): \((error?.cause as? MetaxyError)?.message ?? "")")
    #expect(try store.versions() == ["aa"])
  }

  @Test func vacuumWritesNoOtherFile() throws {
    let store = try ScratchStore("CREATE TABLE t (a INT)")
    let copy = store.path + ".copy"
    try store.revision("aa", "-- metaxy:upgrade transaction:false\nVACUUM INTO '\(copy)';\n-- metaxy:downgrade")
    #expect((store.failure { try store.upgrade() }?.cause as? MetaxyError)?.code == .refusedInRevision)
    #expect(access(copy, F_OK) != 0)
  }

  @Test func aTableIsNotRenamedIntoOneThatIsRefused() throws {
    let store = try ScratchStore()
    store.policy = AccessPolicy { $0.folded.name.hasPrefix("metaxy-system__") ? "it belongs to the system" : nil }
    try store.revision(
      "aa",
      "-- metaxy:upgrade\nCREATE TABLE a (n INT);\nALTER TABLE a RENAME TO \"Metaxy-System__events\";\n-- metaxy:downgrade"
    )
    let error = store.failure { try store.upgrade() }
    #expect(error?.code == .tableRefused || (error?.cause as? MetaxyError)?.code == .tableRefused)
    #expect(try store.tables() == [])
    #expect(try store.versions() == [])
  }

  @Test func aRenamedTableIsOneThatGoesAndOneThatComes() throws {
    let store = try ScratchStore("CREATE TABLE a (n INT)")
    try store.revision(
      "aa", "-- metaxy:upgrade\nALTER TABLE a RENAME TO b;\n-- metaxy:downgrade\nALTER TABLE b RENAME TO a;")
    try store.upgrade()
    #expect(try store.log("tables_created, tables_dropped") == [["b", "a"]])
  }
}
