import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxyTestSupport
import Testing

/// What a run keeps of the catalog from section to section, while other sessions change it and the server's counts of rows
/// continue.
@Suite(.timed) struct KeptRelationsTests {
  /// Runs two revisions, and lets another session run `meddling` between them.
  ///
  /// - Returns: the failure of the second one.
  private func failure(
    _ start: String, _ first: String, between meddling: String = "", _ second: String, allowsLoss: Bool = false
  ) throws -> (error: MetaxyError?, store: RevisionStore) {
    var store = try RevisionStore(start)
    try store.revision("zz", "-- metaxy:upgrade\nCREATE TABLE zero (n int);\n-- metaxy:downgrade")
    try store.revision("aa", "-- metaxy:upgrade\n\(first)\n-- metaxy:downgrade")
    try store.revision("bb", "-- metaxy:upgrade\n\(second)\n-- metaxy:downgrade")
    let scratch = store.scratch
    do throws(MetaxyError) {
      try store.upgrade(
        allowsLoss: allowsLoss,
        around: { connection in
          let connection = MeddlingConnection(connection)
          connection.beforeTransaction = { number in
            if number == 3, !meddling.isEmpty { #expect(throws: Never.self) { _ = try scratch.rows(meddling) } }
          }
          return connection
        })
    } catch {
      #expect(try store.versions() == ["aa"])
      return (error, store)
    }
    #expect(try store.versions() == ["bb"])
    return (nil, store)
  }

  @Test func aTableOfAnotherSessionCountsFromTheNextSectionOn() throws {
    let (error, _) = try failure(
      "", "CREATE TABLE a (n int);",
      between: "CREATE TABLE late (n int); INSERT INTO late VALUES (1), (2), (3)",
      "DO $$ BEGIN EXECUTE 'DROP TABLE late'; END $$;")
    #expect(error?.code == .wouldLoseData)
    #expect(error?.message.contains("the table `late` with its 3 rows") == true)
  }

  @Test func aColumnOfAnotherSessionCounts() throws {
    let (error, _) = try failure(
      "CREATE TABLE video (id int)", "CREATE TABLE a (n int);",
      between: "ALTER TABLE video ADD x text; INSERT INTO video VALUES (1, 'x'), (2, 'y')",
      "DO $$ BEGIN EXECUTE 'ALTER TABLE video DROP x'; END $$;")
    #expect(error?.message.contains("the column `video.x` with its 2 values") == true)
  }

  /// What a section adds to a table is known to the next one without another reading of all tables.
  @Test func aColumnOfTheSectionBeforeCounts() throws {
    let (error, _) = try failure(
      "CREATE TABLE video (id int); INSERT INTO video VALUES (1), (2)", "ALTER TABLE video ADD x text DEFAULT 'x';",
      "DO $$ BEGIN EXECUTE 'ALTER TABLE video DROP x'; END $$;")
    #expect(error?.message.contains("the column `video.x` with its 2 values") == true)
  }

  @Test func aTableOfTheSectionBeforeCounts() throws {
    let (error, _) = try failure(
      "", "CREATE TABLE a (n int); INSERT INTO a VALUES (1), (2);", "DO $$ BEGIN EXECUTE 'DROP TABLE a'; END $$;")
    #expect(error?.message.contains("the table `a` with its 2 rows") == true)
  }

  /// The server's counts of changed rows belong to the session, and go on or start again from section to section.
  @Test(arguments: [1, 4]) func countsOfTheSectionBeforeAreNotThoseOfTheNext(deleted: Int) throws {
    let (error, store) = try failure(
      "CREATE TABLE tag (n int); INSERT INTO tag SELECT generate_series(1, 9)",
      "-- metaxy:allow DS105 old\nDELETE FROM tag WHERE n <= \(deleted);", "DELETE FROM tag WHERE n = 9;")
    #expect(error?.message.contains("1 row of `tag`") == true)
    #expect(try store.scratch.rows("SELECT count(*) FROM tag") == ["\(9 - deleted)"])
  }

  @Test func nothingIsLostByASectionAfterOneThatLostRows() throws {
    let (error, _) = try failure(
      "CREATE TABLE tag (n int); INSERT INTO tag VALUES (1), (2)", "-- metaxy:allow DS105 old\nDELETE FROM tag;",
      "ALTER TABLE tag ADD x int;")
    #expect(error == nil)
  }

  /// The log names the tables of its revision, not those of other sessions.
  @Test func theLogNamesWhatTheSectionMade() throws {
    let (error, store) = try failure(
      "CREATE SCHEMA s; CREATE TABLE s.old (n int)", "CREATE TABLE a (n int);", between: "CREATE TABLE late (n int)",
      "ALTER SCHEMA s RENAME TO t; CREATE TABLE b (n int); DROP TABLE a;", allowsLoss: true)
    #expect(error == nil)
    func sorted(_ column: String) -> String {
      "(SELECT string_agg(x, ',' ORDER BY x) FROM regexp_split_to_table(\(column), E'\\n') AS x)"
    }
    #expect(
      try store.scratch.rows(
        "SELECT \(sorted("tables_created")) || ' ' || \(sorted("tables_dropped")) FROM alembic_version_log ORDER BY id")
        == ["zero ", "a ", "b,t.old a,s.old"])
  }

  /// A composite type can become used by a table without a change of its own.
  @Test func aTypeThatBecomesUsedIsMeasured() throws {
    let (error, _) = try failure(
      "CREATE TYPE place AS (x int, y int)",
      "CREATE TABLE spot (at place); INSERT INTO spot VALUES (ROW(1, 2)), (ROW(3, NULL));",
      "ALTER TYPE place DROP ATTRIBUTE y;")
    #expect(error?.message.contains("the column `place.y` with its 1 value") == true)
  }

  /// Statements that only add run without a savepoint, which a rewritten table must not turn into a loss.
  @Test func rewritesThatOnlyAddLoseNothing() throws {
    let (error, store) = try failure(
      "CREATE TABLE tag (n int); INSERT INTO tag VALUES (1), (2)", "ALTER TABLE tag ADD id bigserial;",
      "ALTER TABLE tag ADD at timestamptz DEFAULT clock_timestamp(), ADD PRIMARY KEY (id), SET UNLOGGED;")
    #expect(error == nil)
    #expect(try store.scratch.rows("SELECT n || ',' || id FROM tag ORDER BY 1") == ["1,1", "2,2"])
  }

  /// The rows that a policy protects are compared with what the section before left.
  @Test(arguments: [
    "ALTER TABLE guarded ADD x int;", "GRANT SELECT ON guarded TO PUBLIC;", "INSERT INTO guarded VALUES (2);",
    "DO $$ BEGIN DELETE FROM guarded; END $$;", "ALTER TABLE guarded RENAME TO other;", "DROP TABLE guarded;",
  ])
  func aRefusedTableIsGuardedInEverySection(second: String) throws {
    var store = try RevisionStore("CREATE TABLE guarded (n int); INSERT INTO guarded VALUES (1)")
    store.policy = AccessPolicy { $0.name == "guarded" ? "it is guarded" : nil }
    for (name, text) in [("aa", "CREATE TABLE a (n int);"), ("bb", "CREATE TABLE b (n int);"), ("cc", second)] {
      try store.revision(name, "-- metaxy:upgrade\n\(text)\n-- metaxy:downgrade")
    }
    let error = #expect(throws: MetaxyError.self) { try store.upgrade() }
    #expect((error?.cause as? MetaxyError ?? error)?.code == .tableRefused)
    #expect(try store.versions() == ["bb"])
    #expect(try store.scratch.rows("SELECT n FROM guarded") == ["1"])
  }
}
