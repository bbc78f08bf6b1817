import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyFeatures
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySQLiteDriver
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct ConnectionTests {
  /// Runs one statement of a revision in a transaction, where `secret` may not be touched.
  private func refusal(_ sql: String, on scratch: ScratchDatabase) throws -> MetaxyError? {
    let connection = try scratch.database.openForWriting()
    return failure { () throws(MetaxyError) in
      try connection.transaction { () throws(MetaxyError) in
        _ = try connection.execute(sql, under: AccessPolicy { $0.folded == "secret" ? "it is secret" : nil })
      }
    }
  }

  private static let guarded = """
    CREATE TABLE secret (a INT, z INT); INSERT INTO secret (a) VALUES (1);
    CREATE TABLE mine (a INT); INSERT INTO mine VALUES (1);
    CREATE VIEW door AS SELECT a FROM secret;
    CREATE TRIGGER pen INSTEAD OF DELETE ON door BEGIN DELETE FROM secret; END;
    CREATE TRIGGER leak AFTER UPDATE ON mine BEGIN UPDATE secret SET a = 9; END;
    CREATE INDEX six ON secret (a);
    """

  @Test(arguments: [
    "DROP TABLE secret", "DROP TABLE IF EXISTS main.\"SECRET\"", "ALTER TABLE secret ADD COLUMN b INT",
    "ALTER TABLE secret RENAME TO free", "ALTER TABLE secret RENAME COLUMN a TO b",
    "ALTER TABLE [secret] DROP COLUMN z",
    "DELETE FROM secret", "DELETE FROM secret WHERE a = 2", "UPDATE secret SET a = 2",
    "INSERT INTO secret (a) VALUES (2)",
    "REPLACE INTO secret (a) VALUES (2)", "WITH x AS (SELECT 1) INSERT INTO secret (a) SELECT * FROM x",
    "CREATE INDEX i ON secret (a)", "DROP INDEX six", "CREATE TRIGGER t AFTER INSERT ON secret BEGIN SELECT 1; END",
    "CREATE TRIGGER t AFTER INSERT ON mine BEGIN SELECT 1; DELETE FROM secret; END; ",
    "DELETE FROM door", "UPDATE mine SET a = 3",
  ])
  func whatIsNotOursIsNotTouched(_ sql: String) throws {
    let scratch = try ScratchDatabase(Self.guarded)
    let before = try scratch.rows("SELECT type, name, sql FROM sqlite_master ORDER BY 2")
    let error = try refusal(sql, on: scratch)
    #expect(error?.code == .tableRefused)
    #expect(error?.message.contains("secret") == true || error?.message.contains("SECRET") == true)
    #expect(error?.message.contains("it is secret") == true)
    #expect(try scratch.rows("SELECT type, name, sql FROM sqlite_master ORDER BY 2") == before)
    #expect(try scratch.rows("SELECT a FROM secret") == [["1"]])
  }

  @Test(arguments: [
    "SELECT * FROM secret", "INSERT INTO mine SELECT a FROM secret", "CREATE TABLE b AS SELECT * FROM secret",
    "CREATE TABLE c (a INT REFERENCES secret (a))", "DELETE FROM mine",
    "ALTER TABLE mine ADD COLUMN b INT CHECK (b > 0)",
    "CREATE VIEW w AS SELECT * FROM secret", "ANALYZE mine", "REINDEX mine",
    "CREATE VIRTUAL TABLE docs USING fts5 (body)",
  ])
  func readingAndOwnTablesAreFree(_ sql: String) throws {
    let error = try refusal(sql, on: try ScratchDatabase(Self.guarded))
    #expect(error == nil, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    "COMMIT", "ROLLBACK", "SAVEPOINT a", "ATTACH ':memory:' AS other", "DETACH main", "PRAGMA foreign_keys = OFF",
    "PRAGMA writable_schema = ON",
  ])
  func whatWouldEndTheRunnersTransactionIsRefused(_ sql: String) throws {
    #expect(try refusal(sql, on: try ScratchDatabase(Self.guarded))?.code == .refusedInRevision)
  }

  @Test func doubleQuotesAreNamesAndNeverTexts() throws {
    let connection = try ScratchDatabase("CREATE TABLE t (a TEXT)").database.openForWriting()
    #expect(failure { () throws(MetaxyError) in _ = try connection.query("SELECT \"nobody\"") } != nil)
    #expect(
      failure { () throws(MetaxyError) in try connection.execute("CREATE TABLE u (a TEXT CHECK (a <> \"x\"))") } != nil)
  }

  @Test func oldSchemasWithDoubleQuotedTextsAreStillRead() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a TEXT CHECK (a <> \"x\"), b TEXT DEFAULT \"y\")")
    #expect(try scratch.table("t").checks.map(\.expression.text) == ["a <> 'x'"])
  }

  @Test func valuesComeBackAsTheyWere() throws {
    let connection = try ScratchDatabase("CREATE TABLE t (a)").database.openForWriting()
    let values: [SQLValue] = [
      .text("a\u{0}b"), .text(""), .text("\u{1F3AC}'\""), .blob([]), .blob([0, 255]), .integer(.min), .real(0.1), .null,
    ]
    for value in values { try connection.execute("INSERT INTO t VALUES (?1)", [value]) }
    #expect(try connection.query("SELECT a FROM t ORDER BY rowid").flatMap { $0 } == values)
  }

  @Test func anErrorPointsAtItsPlace() throws {
    let connection = try ScratchDatabase().database.openForWriting()
    let error = failure { () throws(MetaxyError) in
      try connection.execute("CREATE TABLE t (\n\t\u{e9} INT,\n\tb INT,,\n)")
    }
    #expect(error?.message == "near \",\": syntax error\n  \tb INT,,\n  \t      ^")
    #expect(error?.code == .sqlite(1))
    // `CREATE TABLE t (` and the end of its line are 17 bytes, the next line 9, the tab and `b INT,` 7.
    #expect(error?.payload.sqlOffset == 33)
  }

  @Test func aPlaceBehindLettersOfSeveralBytesIsStillUnderTheCaret() throws {
    let connection = try ScratchDatabase().database.openForWriting()
    let error = failure { () throws(MetaxyError) in _ = try connection.query("SELECT '\u{e9}\u{1F3AC}' frm x") }
    // The picture takes two columns of a terminal.
    #expect(error?.message.hasSuffix("\n  SELECT '\u{e9}\u{1F3AC}' frm x\n                   ^") == true)
  }

  @Test func lookingDoesNotCreateAndDoesNotWrite() throws {
    let scratch = try ScratchDatabase()
    let connection = try scratch.database.openForReading()
    #expect(try connection.tableNames() == [])
    #expect(!scratch.database.exists)
    try scratch.run("CREATE TABLE t (a INT)")
    let reader = try scratch.database.openForReading()
    #expect(failure { () throws(MetaxyError) in try reader.execute("DROP TABLE t") } != nil)
    #expect(try scratch.rows("SELECT count(*) FROM sqlite_master") == [["1"]])
  }

  @Test func aFileThatIsNoDatabaseIsNamedAndLeftAlone() throws {
    let scratch = try ScratchDatabase()
    let text = String(repeating: "no database\n", count: 200)
    try text.write(toFile: scratch.path, atomically: true, encoding: .utf8)
    let error = failure { () throws(MetaxyError) in _ = try scratch.database.openForWriting() }
    #expect(error?.code == .notADatabase)
    #expect(error?.message.contains("a.db") == true)
    #expect(try String(contentsOfFile: scratch.path, encoding: .utf8) == text)
  }

  @Test func changedRowsAreCountedWithThoseOfTriggers() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE a (n INT); CREATE TABLE b (n INT);"
        + "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.n); END")
    let connection = try scratch.database.openForWriting()
    #expect(try connection.execute("INSERT INTO a VALUES (1), (2)") == 4)
    #expect(try connection.execute("CREATE TABLE c (n INT)") == 0)
  }

  @Test func librariesBefore3_37AreRefused() {
    func refusal(_ number: Int32) -> MetaxyError? {
      failure { () throws(MetaxyError) in try SQLiteVersion(number: number).requireFloor() }
    }
    #expect(refusal(3_037_000) == nil)
    #expect(refusal(3_050_004) == nil)
    #expect(refusal(3_036_000)?.code == .sqliteTooOld)
    #expect(refusal(3_036_000)?.message.contains("is 3.36.0, but metaxy needs 3.37.0 or newer") == true)
    #expect(refusal(3_008_011)?.message.contains("is 3.8.11,") == true)
  }
}
