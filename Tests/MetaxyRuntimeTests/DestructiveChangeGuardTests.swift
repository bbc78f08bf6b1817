import MetaxyErrors
import MetaxyMigrationErrors
import Testing

@Suite struct DestructiveChangeGuardTests {
  private static let start = "CREATE TABLE t (a INT, b INT); CREATE TABLE other (a INT);"

  private func failure(
    _ statements: String, rows: String = "INSERT INTO t VALUES (1, NULL)", allowsLoss: Bool = false
  ) throws -> (error: MetaxyError?, store: ScratchStore) {
    let store = try ScratchStore(Self.start + rows)
    try store.revision("aa", "-- metaxy:upgrade\n\(statements)\n-- metaxy:downgrade")
    return (store.failure { try store.upgrade(allowsLoss: allowsLoss) }, store)
  }

  @Test(arguments: [
    ("DROP TABLE t;", "`t`", "DS102"), ("DELETE FROM T;", "`T`", "DS105"),
    ("ALTER TABLE t DROP COLUMN a;", "`t.a`", "DS103"), ("UPDATE t SET a = 2;", "`t.a`", "DS105"),
  ])
  func whatHoldsValuesIsNotLostWithoutConsent(statement: String, what: String, rule: String) throws {
    let (error, store) = try failure("CREATE TABLE new (n INT);\n" + statement)
    #expect(error?.code == .wouldLoseData)
    #expect(error?.message.contains(what) == true)
    #expect(error?.message.contains("versions/aa.sql:8, rule \(rule)") == true)
    #expect(error?.hints.contains { $0.description.contains("--allow-destructive") } == true)
    #expect(error?.hints.contains { $0.description.contains("metaxy:allow \(rule) ") } == true)
    // Not even the books are begun.
    #expect(try store.rows("SELECT name FROM sqlite_master ORDER BY 1") == [["other"], ["t"]])
    #expect(try store.rows("SELECT a, b FROM t") == [["1", nil]])
  }

  @Test(arguments: [
    "DROP TABLE other;", "DELETE FROM other;", "ALTER TABLE t DROP COLUMN b;", "UPDATE t SET b = 2;",
    "CREATE TABLE n (a INT);\nINSERT INTO n VALUES (1);\nDELETE FROM t WHERE a = 7;", "DROP TABLE IF EXISTS nobody;",
    "-- metaxy:allow DS103 the column is copied\nALTER TABLE t DROP COLUMN a;",
    "-- metaxy:allow ds105 reviewed\nUPDATE t SET a = 2;",
  ])
  func whatLosesNothingOrIsConsentedToRuns(_ statements: String) throws {
    let (error, store) = try failure(statements)
    #expect(error == nil, "\(error?.message ?? "")")
    #expect(try store.versions() == ["aa"])
  }

  @Test func whatIsComputedIsNoLoss() throws {
    let rows = "CREATE TABLE g (a INT, c INT AS (a + 1)); INSERT INTO g VALUES (1);"
    #expect(try failure("ALTER TABLE g DROP COLUMN C;", rows: rows).error == nil)
    let error = try failure("ALTER TABLE g DROP COLUMN c;\nALTER TABLE g DROP COLUMN a;", rows: rows).error
    #expect(error?.message.contains("`g.a`") == true && error?.message.contains("`g.c`") == false)
  }

  @Test func namesAreComparedAsTheEngineDoes() throws {
    let rows = "CREATE TABLE \"a.T\" (x INT); INSERT INTO \"a.T\" VALUES (1); CREATE TABLE \"say \"\"b\"\"\" (x INT);"
    #expect(
      try failure("DROP TABLE \"A.t\";", rows: rows).error?.message.contains("the table `A.t` with its rows") == true)
    #expect(try failure("DROP TABLE main.\"a.T\";", rows: rows).error?.message.contains("`a.T`") == true)
    #expect(try failure("DROP TABLE \"say \"\"b\"\"\";\nDROP TABLE t;", rows: rows).error == nil)
    let log = try failure("CREATE TABLE \"b.c\" (x INT);\nALTER TABLE \"a.T\" RENAME TO \"a.U\";", rows: rows).store
    #expect(try log.log("tables_created, tables_dropped") == [["a.U\nb.c", "a.T"]])
  }

  @Test func aConsentIsForOneRuleAndOneStatement() throws {
    #expect(try failure("-- metaxy:allow DS102 why\nALTER TABLE t DROP COLUMN a;").error != nil)
    let two = "-- metaxy:allow DS105 why\nUPDATE t SET a = 2;\nDELETE FROM t;"
    #expect(try failure(two).error?.message.contains("all rows of `t`") == true)
  }

  @Test func theFlagConsentsToEverything() throws {
    let (error, store) = try failure("DELETE FROM t;\nDROP TABLE t;", allowsLoss: true)
    #expect(error == nil)
    #expect(try store.tables() == ["other"])
  }

  @Test func everyLossOfTheWholeRunIsNamedBeforeTheFirstRevision() throws {
    let store = try ScratchStore(Self.start + "INSERT INTO t VALUES (1, 2); INSERT INTO other VALUES (1)")
    try store.revision("aa", "-- metaxy:upgrade\nCREATE TABLE fine (n INT);\n-- metaxy:downgrade")
    try store.revision("bb", "-- metaxy:upgrade\nALTER TABLE t DROP COLUMN b;\n-- metaxy:downgrade")
    try store.revision("cc", "-- metaxy:upgrade\nDROP TABLE other;\n-- metaxy:downgrade")
    let error = store.failure { try store.upgrade() }
    #expect(error?.message.contains("`t.b`") == true)
    #expect(error?.message.contains("`other`") == true)
    #expect(try store.tables() == ["other", "t"])
  }

  @Test func rowsThatARevisionItselfBringsAreNotLostEither() throws {
    let store = try ScratchStore()
    try store.revision(
      "aa", "-- metaxy:upgrade\nCREATE TABLE n (a INT);\nINSERT INTO n VALUES (1);\n-- metaxy:downgrade\nDROP TABLE n;")
    try store.revision("bb", "-- metaxy:upgrade\nCREATE TABLE m (a INT);\nDROP TABLE n;\n-- metaxy:downgrade")
    #expect(store.failure { try store.upgrade() }?.code == .wouldLoseData)
    #expect(try store.versions() == ["aa"])
    #expect(try store.tables() == ["n"])
    #expect(store.failure { try store.downgrade() }?.message.contains("`n`") == true)
  }

  @Test func rowsThatAForeignKeyDeletesAreNamedToo() throws {
    let store = try ScratchStore(
      """
      CREATE TABLE parent (id INT PRIMARY KEY);
      CREATE TABLE child (up INT REFERENCES parent ON DELETE CASCADE);
      INSERT INTO parent VALUES (1);
      INSERT INTO child VALUES (1);
      """)
    let sections = "-- metaxy:allow DS102 reviewed\nDROP TABLE parent;\n-- metaxy:downgrade"
    try store.revision("aa", "-- metaxy:upgrade\n\(sections)")
    let error = store.failure { try store.upgrade() }
    #expect(error?.code == .wouldLoseData)
    #expect(error?.message.contains("all rows of `child`") == true)
    #expect(try store.rows("SELECT up FROM child") == [["1"]])
    // Where foreign keys are off nothing follows.
    try store.revision(
      "aa", "-- metaxy:upgrade foreign_keys:off\n-- metaxy:allow DS105 why\nDELETE FROM child WHERE up;\n\(sections)")
    try store.upgrade()
    #expect(try store.tables() == ["child"])
  }

  @Test func whatIsDoneOfAHalfAppliedRevisionIsNotAskedForAgain() throws {
    let store = try ScratchStore(Self.start + "INSERT INTO t VALUES (1, NULL); INSERT INTO other VALUES (1)")
    let done = "-- metaxy:upgrade\nUPDATE t SET a = 2;\n"
    try store.revision("aa", "\(done)-- metaxy:upgrade\nINSERT INTO nobody VALUES (1);\n-- metaxy:downgrade")
    #expect(store.failure { try store.upgrade() }?.code == .wouldLoseData)
    #expect(store.failure { try store.upgrade(allowsLoss: true) }?.code == .statementFailed)
    #expect(try store.rows("SELECT a FROM t") == [["2"]])

    // The remaining sections are checked as always.
    try store.revision("aa", "\(done)-- metaxy:upgrade\nDELETE FROM other;\n-- metaxy:downgrade")
    let error = store.failure { try store.upgrade() }
    #expect(error?.message.contains("all rows of `other`") == true)
    #expect(error?.message.contains("`t.a`") == false)
    try store.revision("aa", "\(done)-- metaxy:upgrade\nDELETE FROM other WHERE a = 7;\n-- metaxy:downgrade")
    try store.upgrade()
    #expect(try store.versions() == ["aa"])

    // Another revision has nothing of it.
    try store.revision("bb", "\(done)-- metaxy:downgrade")
    #expect(store.failure { try store.upgrade() }?.message.contains("`t.a`") == true)
    #expect(try store.log("revision").last == ["aa"], "it was begun before it was refused")
  }
}
