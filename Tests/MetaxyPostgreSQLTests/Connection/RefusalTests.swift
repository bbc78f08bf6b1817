import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxyTestSupport
import Testing

@Suite(.timed) struct RefusalTests {
  private func refusal(_ sql: String, _ setup: String = "") throws -> MetaxyError {
    let connection = try ScratchDatabase(setup).connection()
    return try #require(failure { () throws(MetaxyError) in try connection.execute(sql) })
  }

  @Test func aMistakeIsShownOnItsLine() throws {
    let wide = try refusal("SELECT 'a',\n  'größe 自転車', FORM, 1")
    // `SELECT 'a',` and the end of its line are 12 bytes, `  '` 3, `größe 自転車` 17 and `', ` 3.
    #expect(wide.payload.sqlOffset == 35)
    // Three characters with a width of two columns precede the word.
    #expect(
      wide.message == "column \"form\" does not exist (SQLSTATE 42703)\n    'größe 自転車', FORM, 1\n                    ^"
    )
  }

  @Test func aMistakeAtTheEndIsShownThere() throws {
    #expect(
      try refusal("CREATE TABLE a\n(n int").message
        == "syntax error at end of input (SQLSTATE 42601)\n  (n int\n        ^")
  }

  @Test func whatTheServerSaysIsKept() throws {
    let setup = "CREATE TABLE a (n int CONSTRAINT once UNIQUE); INSERT INTO a VALUES (1)"
    let error = try refusal("INSERT INTO a VALUES (1)", setup)
    #expect(error.sqlState == "23505")
    #expect(error.code == .postgreSQL("23505"))
    #expect(error.payload.constraint == "once")
    #expect(error.payload.schema == "public")
    #expect(error.payload.table == "a")
    #expect(error.payload.sql == "INSERT INTO a VALUES (1)")
    #expect(
      error.message
        == "duplicate key value violates unique constraint \"once\" (SQLSTATE 23505)\n  Key (n)=(1) already exists.")
    #expect(
      try refusal("DROP TABLE a", setup + "; CREATE VIEW v AS SELECT n FROM a").hints == [
        "Use DROP ... CASCADE to drop the dependent objects too."
      ])
  }

  @Test func aConstraintIsNamedThatTheMessageLeavesOut() throws {
    let error = try refusal("DO $$ BEGIN RAISE EXCEPTION 'no' USING CONSTRAINT = 'ck_a', ERRCODE = '23514'; END $$")
    #expect(error.message.contains("constraint `ck_a`"))
    #expect(error.message.contains("in: PL/pgSQL function inline_code_block line 1 at RAISE"))
  }

  @Test func aMistakeInAFunctionIsShownInItsStatement() throws {
    let error = try refusal(
      "SELECT f()", "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM nobody; END $$")
    #expect(error.message.contains("SELECT 1 FROM nobody\n                ^"))
  }

  @Test func aLockThatIsNotToBeHadHasItsOwnState() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let holder = try scratch.connection()
    try holder.beginTransaction()
    try holder.execute("LOCK TABLE a")
    let blocked = try scratch.database(timeouts: PostgreSQLTimeouts(lock: 50)).openForWriting()
    let error = failure { () throws(MetaxyError) in try blocked.execute("ALTER TABLE a ADD b int") }
    #expect(error?.sqlState == "55P03")
    #expect(error.map { MetaxyError(.blocked, "outer", cause: $0).sqlState } == "55P03")
  }

  @Test func aStatementEndsWithItsTime() throws {
    let scratch = try ScratchDatabase()
    let connection = try scratch.database(timeouts: PostgreSQLTimeouts(statement: 1000)).openForWriting()
    let error = failure { () throws(MetaxyError) in _ = try connection.query("SELECT pg_sleep(3600)") }
    #expect(error?.code == .statementTimeout)
    #expect(error?.sqlState == "57014")
  }

  @Test func aServerThatGoesIsTold() throws {
    let scratch = try ScratchDatabase()
    let connection = try scratch.connection()
    try connection.beginTransaction()
    let process = try #require(try connection.query("SELECT pg_backend_pid()").first?.first?.integer)
    _ = try scratch.rows("SELECT pg_terminate_backend(\(process), 5000)")
    let error = failure { () throws(MetaxyError) in try connection.execute("SELECT 1") }
    #expect(error?.code == .connectionLost)
    #expect(error?.sqlState == "57P01")
    connection.rollbackTransaction()
    #expect(
      failure { () throws(MetaxyError) in try connection.execute("SELECT 1") }?.code == .connectionLost)
  }
}
