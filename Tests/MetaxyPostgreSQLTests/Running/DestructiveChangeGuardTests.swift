import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyTestSupport
import Testing

/// What is refused without consent, on a real server.
@Suite(.timed) struct DestructiveChangeGuardTests {
  private static let setup = """
    CREATE SCHEMA s; CREATE TABLE s."t.t" (a int); CREATE TABLE s.empty (a int); CREATE TABLE s (a int);
    CREATE TABLE "a.b" (id int PRIMARY KEY); CREATE TABLE "c.d" (id int REFERENCES "a.b" ON DELETE CASCADE);
    CREATE SCHEMA a; CREATE TABLE a.e (id int); CREATE TABLE e (id int); CREATE TABLE a.b (id int, more int);
    CREATE SCHEMA "A"; CREATE TABLE "A".b (id int); CREATE TABLE "E" (id int);
    CREATE TABLE g (a int, c int GENERATED ALWAYS AS (a + 1) STORED);
    INSERT INTO s VALUES (1); INSERT INTO "a.b" VALUES (1); INSERT INTO "c.d" VALUES (1); INSERT INTO e VALUES (1);
    INSERT INTO g VALUES (1);
    """

  private func failure(_ statements: String, _ more: String = "") throws -> MetaxyError? {
    var store = try RevisionStore(Self.setup + more)
    try store.revision("aa", "-- metaxy:upgrade\n\(statements)\n-- metaxy:downgrade")
    do throws(MetaxyError) {
      try store.upgrade(allowsLoss: false)
      return nil
    } catch {
      return error
    }
  }

  @Test func aSchemaGoesWithTheRowsOfItsTables() throws {
    let rows = #"INSERT INTO s."t.t" VALUES (1);"#
    let error = try failure("DROP SCHEMA IF EXISTS s, a CASCADE;", rows)
    #expect(error?.code == .wouldLoseData)
    #expect(error?.message.contains("the table `s.t.t` with its rows (versions/aa.sql:7, rule DS102)") == true)
    #expect(error?.message.contains("`s.empty`") == false && error?.message.contains("`a.e`") == false)
    #expect(try failure("-- metaxy:allow DS102 kept elsewhere\nDROP SCHEMA s CASCADE;", rows) == nil)
    #expect(try failure("DROP SCHEMA s, a CASCADE;") == nil)
    #expect(try failure("DROP SCHEMA nobody CASCADE;")?.code != .wouldLoseData)
  }

  @Test func aDotMayBePartOfATablesName() throws {
    let error = try failure(#"DROP TABLE "a.b" CASCADE;"#)
    #expect(error?.message.contains("the table `a.b` with its rows") == true)
    #expect(error?.message.contains("all rows of `c.d`") == true)
    // A table without rows loses nothing, whatever a table with the same displayed name, in another schema, or with other
    // capitals holds.
    #expect(try failure("DROP TABLE a.b;") == nil)
    #expect(try failure("ALTER TABLE a.b DROP COLUMN id;\nALTER TABLE a.b DROP COLUMN more;") == nil)
    #expect(try failure("DROP TABLE a.e;\nDROP TABLE \"A\".b;\nDROP TABLE \"E\";") == nil)
    #expect(try failure("DROP TABLE IF EXISTS s.e;") == nil)
  }

  @Test func theDefaultSchemaMayBeNamed() throws {
    let error = try failure(#"DELETE FROM public."a.b"; DROP TABLE public.e;"#)
    #expect(error?.message.contains("all rows of `public.a.b`") == true)
    #expect(error?.message.contains("all rows of `c.d`") == true)
    #expect(error?.message.contains("the table `public.e` with its rows") == true)
  }

  @Test func whatIsComputedIsNoLoss() throws {
    #expect(
      try failure(
        "ALTER TABLE g DROP COLUMN c;\nALTER TABLE g ADD COLUMN c int GENERATED ALWAYS AS (a + 2) STORED;") == nil)
    #expect(try failure("ALTER TABLE g DROP COLUMN a CASCADE;")?.message.contains("`g.a`") == true)
  }
}
