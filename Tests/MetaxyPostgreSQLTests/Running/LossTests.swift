import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct LossTests {
  private let dialect = PostgreSQLDialect()

  private func losses(_ statements: String...) throws -> [PotentialLoss] {
    try dialect.losses(
      of: statements.map { try SQLTokenizer.tokens(of: $0, lexicon: .postgresql) }
    ).map(\.loss)
  }

  @Test func tablesAndRowsThatGoAreLost() throws {
    #expect(
      try losses(#"DROP TABLE IF EXISTS Video, archive."Crop" CASCADE"#)
        == [.table("video"), .table(TableName("Crop", schema: "archive"))])
    #expect(try losses("DROP SCHEMA IF EXISTS A, b CASCADE") == [.tables(inSchema: "a"), .tables(inSchema: "b")])
    #expect(try losses("DROP SCHEMA a", "DROP SCHEMA cascade") == [])
    #expect(try losses("TRUNCATE ONLY a, b RESTART IDENTITY") == [.rows(of: "a"), .rows(of: "b")])
    #expect(try losses("DELETE FROM ONLY a USING b") == [.rows(of: "a")])
    #expect(try losses("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone WHERE true") == [.rows(of: "a")])
  }

  @Test func columnsThatGoOrAreOverwrittenAreLost() throws {
    #expect(
      try losses(
        "ALTER TABLE IF EXISTS ONLY a ADD COLUMN b int, DROP c, DROP COLUMN IF EXISTS d CASCADE, DROP CONSTRAINT e")
        == [.column("c", of: "a", isDropped: true), .column("d", of: "a", isDropped: true)])
    #expect(
      try losses("UPDATE a SET b = 1, (c, d) = (2, 3)") == [
        .column("b", of: "a", isDropped: false), .column("c", of: "a", isDropped: false),
        .column("d", of: "a", isDropped: false),
      ])
    #expect(
      try losses("ALTER TABLE a ALTER b SET DATA TYPE numeric(4, 1) USING 0")
        == [.column("b", of: "a", isDropped: false)])
  }

  @Test func whatKeepsRowsIsNoLoss() throws {
    #expect(
      try losses(
        "DELETE FROM a WHERE b = 1", "UPDATE a SET b = 1 WHERE b IS NULL",
        "ALTER TABLE a ALTER COLUMN b TYPE int USING b::int, ALTER c DROP NOT NULL, ALTER d DROP DEFAULT",
        "CREATE TABLE new (a int)", "DROP TABLE new", "DROP INDEX CONCURRENTLY ix", "DROP TYPE mood"
      ) == [])
  }

  @Test func renamesAreSeen() throws {
    func renamed(_ sql: String) throws -> TableName? {
      dialect.renamedTable(try SQLTokenizer.tokens(of: sql, lexicon: .postgresql))
    }
    #expect(try renamed("ALTER TABLE s.A RENAME TO b") == TableName("a", schema: "s"))
    #expect(try renamed("ALTER TABLE a RENAME COLUMN b TO c") == "a")
    #expect(try renamed("ALTER TABLE a RENAME CONSTRAINT b TO c") == nil)
  }

  // MARK: What a run that was ended left

  private func isAlreadyApplied(_ sql: String, _ connection: any Connection) throws -> Bool {
    try dialect.isAlreadyApplied(SQLTokenizer.tokens(of: sql, lexicon: .postgresql), connection)
  }

  @Test func anIndexThatWasNotBuiltToItsEndIsBuiltAgain() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)")
    let connection = try scratch.connection()
    let sql = #"CREATE UNIQUE INDEX CONCURRENTLY "uq" ON "t" ("a")"#
    #expect { try connection.execute(sql) } throws: { ($0 as? MetaxyError)?.code == .postgreSQL("23505") }
    #expect(try scratch.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'uq'::regclass") == ["f"])
    #expect(try !isAlreadyApplied(sql, connection))
    _ = try scratch.rows("DELETE FROM t")
    try dialect.cleanUpPartial(of: SQLTokenizer.tokens(of: sql, lexicon: .postgresql), connection)
    try connection.execute(sql)
    #expect(try isAlreadyApplied(sql, connection))
  }

  @Test func anIndexThatSomebodyUsesIsLeftAlone() throws {
    let scratch = try ScratchDatabase("CREATE TABLE t (a int); CREATE INDEX ix ON t (a); CREATE TABLE u (a int)")
    let connection = try scratch.connection()
    #expect(try isAlreadyApplied("CREATE INDEX CONCURRENTLY ix ON t (a)", connection))
    for other in ["CREATE INDEX CONCURRENTLY ix ON u (a)", "CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a)"] {
      #expect(try !isAlreadyApplied(other, connection))
      try dialect.cleanUpPartial(of: SQLTokenizer.tokens(of: other, lexicon: .postgresql), connection)
    }
    #expect(try scratch.rows("SELECT to_regclass('ix')") == ["ix"])
  }

  @Test func whatIsDoneIsSeen() throws {
    let connection = try ScratchDatabase(
      """
      CREATE SCHEMA s; CREATE TABLE s.t (a int); ALTER TABLE s.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
      ALTER TABLE s.t ADD CONSTRAINT d CHECK (a > 1); CREATE TYPE s.mood AS ENUM ('ok');
      """
    ).connection()
    #expect(try !isAlreadyApplied("ALTER TABLE s.t VALIDATE CONSTRAINT c", connection))
    #expect(try !isAlreadyApplied("ALTER TABLE s.t VALIDATE CONSTRAINT d, VALIDATE CONSTRAINT c", connection))
    #expect(try isAlreadyApplied(#"ALTER TABLE "s"."t" VALIDATE CONSTRAINT D"#, connection))
    #expect(try isAlreadyApplied("ALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'ok'", connection))
    #expect(try !isAlreadyApplied("ALTER TYPE s.mood ADD VALUE 'bad' AFTER 'ok'", connection))
    #expect(try isAlreadyApplied("DROP INDEX CONCURRENTLY s.ix", connection))
    #expect(try !isAlreadyApplied("ANALYZE s.t", connection))
  }
}
