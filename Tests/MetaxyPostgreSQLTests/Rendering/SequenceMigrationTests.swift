import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Sequences with bounds that their column does not have, or that have not been reached.
@Suite(.timed) struct SequenceMigrationTests {
  /// Before PostgreSQL 10 every sequence was a `bigint`.
  private static let old =
    "CREATE SEQUENCE p_id_seq; CREATE TABLE p (id integer DEFAULT nextval('p_id_seq') NOT NULL); ALTER SEQUENCE p_id_seq OWNED BY p.id"

  @Test(arguments: [
    ("CREATE TABLE z (i int)", "CREATE TABLE z (i int); \(old)"), (old, "CREATE TABLE p (id serial)"),
    (old, "\(old); ALTER TABLE p ALTER id TYPE bigint"), ("CREATE TABLE p (id serial)", old),
  ])
  func anIntegerIsNumberedByABigSequence(before: String, after: String) throws {
    try Migration(from: before, to: after).goThereAndBack()
  }

  @Test(arguments: [
    ("MINVALUE 100 MAXVALUE 900", "100"), ("INCREMENT BY 5 MINVALUE 50", "50"), ("MAXVALUE 9000", "3"),
  ])
  func aSequenceContinuesWithinItsNewBounds(options: String, next: String) throws {
    let migration = try Migration(
      from: "CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY, v int); INSERT INTO p (v) VALUES (1), (2)",
      to: "CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY (\(options)), v int)")
    try migration.upgrade()
    #expect(try migration.live.rows("INSERT INTO p (v) VALUES (3) RETURNING id").first == next)
  }

  @Test func aSequenceThatHasPassedItsNewBoundIsCounted() throws {
    let migration = try Migration(
      from:
        "CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY, v int); INSERT INTO p (v) SELECT 1 FROM generate_series(1, 20)",
      to: "CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY (MAXVALUE 10), v int)")
    let conditions = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions)
    #expect(try migration.live.rows("SELECT \(try #require(conditions.first).count)") == ["1"])
  }
}
