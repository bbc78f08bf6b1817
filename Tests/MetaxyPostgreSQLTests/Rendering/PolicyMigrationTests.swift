import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Row policies that a `.sql` file defines come, go and change in the order that their conditions need.
@Suite(.timed) struct PolicyMigrationTests {
  private static let tables = """
    CREATE TABLE team (name text PRIMARY KEY);
    CREATE TABLE video (id int PRIMARY KEY, owner text, kind varchar(9)); ALTER TABLE video ENABLE ROW LEVEL SECURITY;
    """

  @Test(
    arguments: [
      ("", "CREATE POLICY p ON video USING (owner = CURRENT_USER)", ["add_policy p"]),
      ("CREATE POLICY p ON video USING (owner = CURRENT_USER)", "", ["remove_policy p"]),
      // Each property is a difference, the name included.
      (
        "CREATE POLICY p ON video USING (id > 0)", "CREATE POLICY q ON video USING (id > 0)",
        ["remove_policy p", "add_policy q"]
      ),
      (
        "CREATE POLICY p ON video USING (id > 0)", "CREATE POLICY p ON video USING (id > 1)",
        ["remove_policy p", "add_policy p"]
      ),
      (
        "CREATE POLICY p ON video USING (id > 0)", "CREATE POLICY p ON video USING (id > 0) WITH CHECK (id > 1)",
        ["remove_policy p", "add_policy p"]
      ),
      (
        "CREATE POLICY p ON video USING (id > 0)", "CREATE POLICY p ON video FOR DELETE USING (id > 0)",
        ["remove_policy p", "add_policy p"]
      ),
      (
        "CREATE POLICY p ON video USING (id > 0)", "CREATE POLICY p ON video AS RESTRICTIVE USING (id > 0)",
        ["remove_policy p", "add_policy p"]
      ),
      (
        "CREATE POLICY p ON video USING (id > 0)",
        "CREATE POLICY p ON video TO pg_monitor, CURRENT_USER USING (id > 0)",
        ["remove_policy p", "add_policy p"]
      ),
      (
        "CREATE POLICY p ON video FOR INSERT WITH CHECK (id > 0)",
        "CREATE POLICY p ON video FOR INSERT WITH CHECK (id > 0); COMMENT ON POLICY p ON video IS 'it''s'",
        ["remove_policy p", "add_policy p"]
      ),
      // The order of roles is no difference, and neither is the text of a condition that means the same.
      (
        "CREATE POLICY p ON video TO pg_monitor, CURRENT_USER USING (kind IN ('a', 'b'))",
        "CREATE POLICY p ON video TO CURRENT_USER, pg_monitor USING ((kind) IN ('a','b'))", []
      ),
    ])
  func aPolicyIsComparedAsAWhole(before: String, after: String, expected: [String]) throws {
    let migration = try Migration(
      from: Self.tables + before, to: Self.tables + after, managesPolicies: true)
    #expect(migration.operations.map(\.description) == expected)
    try migration.goThereAndBack()
  }

  @Test(
    arguments: [
      // A new column that a policy reads, and a dropped one that another read.
      (
        "CREATE TABLE video (id int PRIMARY KEY, owner text); CREATE POLICY p ON video USING (owner = 'a')",
        "CREATE TABLE video (id int PRIMARY KEY, team int); CREATE POLICY p ON video USING (team > 1)"
      ),
      // The old condition is none for the new type.
      (
        "CREATE TABLE video (id int PRIMARY KEY, size int); CREATE POLICY p ON video USING (size > 1)",
        "CREATE TABLE video (id int PRIMARY KEY, size text); CREATE POLICY p ON video USING (size ~ 'a')"
      ),
      // A query of a table that comes, and of one that goes.
      (
        """
        CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE video (id int PRIMARY KEY);
        CREATE POLICY p ON video USING (EXISTS (SELECT FROM a WHERE a.n = video.id))
        """,
        """
        CREATE TABLE zoo (n int PRIMARY KEY); CREATE TABLE video (id int PRIMARY KEY);
        CREATE POLICY p ON video USING (EXISTS (SELECT FROM zoo WHERE zoo.n = video.id))
        """
      ),
      // Tables with policies come and go.
      (
        "CREATE TABLE b (n int PRIMARY KEY); CREATE POLICY \"of b\" ON b USING (n > 0); COMMENT ON POLICY \"of b\" ON b IS 'x'",
        "CREATE TABLE c (n int PRIMARY KEY); CREATE POLICY \"of c\" ON c USING (n IN (SELECT n FROM c))"
      ),
      // A value that an enum type gets.
      (
        "CREATE TYPE kind AS ENUM ('a'); CREATE TABLE video (k kind); CREATE POLICY p ON video USING (k = 'a')",
        "CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TABLE video (k kind); CREATE POLICY p ON video USING (k = 'b')"
      ),
    ])
  func aPolicyComesAfterWhatItReadsAndGoesBeforeIt(before: String, after: String) throws {
    try Migration(from: before, to: after, managesPolicies: true).goThereAndBack()
  }

  @Test func aPolicyFollowsRenames() throws {
    let policies = { (video: String, owner: String, team: String) in
      """
      CREATE POLICY mine ON \(video) USING (\(owner) = 'a');
      CREATE POLICY ours ON \(video) USING (EXISTS (SELECT FROM \(team) WHERE \(team).name = \(video).\(owner)));
      """
    }
    var renames = Renames()
    renames.tables = ["clip": "video", "crew": "team"]
    renames.columns = ["clip": ["person": "owner"]]
    let migration = try Migration(
      from: "CREATE TABLE team (name text); CREATE TABLE video (id int, owner text);"
        + policies("video", "owner", "team"),
      to: "CREATE TABLE crew (name text); CREATE TABLE clip (id bigint, person text);"
        + policies("clip", "person", "crew"),
      renames: renames, managesPolicies: true)
    #expect(!migration.operations.contains { $0.verb.hasSuffix("_policy") })
    try migration.goThereAndBack()
  }

  /// A policy that both sides have stands aside while its column changes, also if only records know it.
  @Test func aRecordedPolicyStandsAsideWithoutACatalog() throws {
    let sql = { (type: String) in "CREATE TABLE t (a \(type)); CREATE POLICY p ON t USING (a > 0)" }
    let migration = try Migration(from: sql("int"), to: sql("bigint"), managesPolicies: true)
    let recorded = LiveSchema(try migration.live.schema())
    let sections = try migration.dialect.sections(for: migration.operations, on: RenamedSchema(recorded))
    #expect(
      sections.flatMap(\.statements).map(\.sql) == [
        #"DROP POLICY "p" ON "t""#, #"ALTER TABLE "t" ALTER COLUMN "a" TYPE BIGINT"#,
        #"CREATE POLICY "p" ON "t" USING (a > 0)"#,
      ])
    try migration.run(sections)
  }
}
