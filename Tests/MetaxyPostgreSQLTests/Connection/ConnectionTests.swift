import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

@Suite(.timed) struct ConnectionTests {
  private func value(_ sql: String, _ parameters: [SQLValue] = []) throws -> SQLValue? {
    try ScratchDatabase().connection().query(sql, parameters).first?.first
  }

  @Test func valuesComeBackAsTheyWereSent() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE v (a bigint, b double precision, c text, d bytea, e boolean, f numeric, g real, h smallint)")
    let connection = try scratch.connection()
    let rows: [[SQLValue]] = [
      [
        .integer(.max), .real(0.1), .text("Ünï ☃ 🎬 'q' \\ $1"), .blob([0, 255, 92, 39]), .integer(1), .text("0.10"),
        .real(1.5), .integer(-1),
      ],
      [
        .integer(.min), .real(-1.7976931348623157e308), .text(""), .blob([]), .integer(0),
        .text("-12345678901234567890.5"), .real(0), .integer(7),
      ],
      [.null, .null, .null, .null, .null, .null, .null, .null],
    ]
    for row in rows {
      #expect(try connection.execute("INSERT INTO v VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", row) == 1)
    }
    #expect(try connection.query("SELECT * FROM v") == rows)
    #expect(
      try scratch.rows("SELECT a, b, c, d, e, f FROM v") == [
        #"9223372036854775807|0.1|Ünï ☃ 🎬 'q' \ $1|\x00ff5c27|t|0.10"#,
        #"-9223372036854775808|-1.7976931348623157e+308||\x|f|-12345678901234567890.5"#,
        "|||||",
      ])
  }

  @Test func numbersThatAreNoneComeBack() throws {
    let row = try #require(
      try ScratchDatabase().connection()
        .query("SELECT 'Infinity'::float8, '-Infinity'::float8, 'NaN'::float8, $1::float8", [.real(-.infinity)]).first)
    #expect(row[0] == .real(.infinity))
    #expect(row[1] == .real(-.infinity))
    guard case .real(let number) = row[2] else {
      Issue.record("no number: \(row[2])")
      return
    }
    #expect(number.isNaN)
    #expect(row[3] == .real(-.infinity))
  }

  @Test func whatHasNoCaseOfItsOwnIsText() throws {
    #expect(try value("SELECT ARRAY[1, 2]") == .text("{1,2}"))
    #expect(try value("SELECT '2026-11-22 10:07:31.5+02'::timestamptz") == .text("2026-11-22 08:07:31.5+00"))
    #expect(try value("SELECT '1 day 2 hours'::interval") == .text("1 day 02:00:00"))
  }

  @Test func aTextWithNULIsRefused() throws {
    let connection = try ScratchDatabase().connection()
    #expect(
      failure { () throws(MetaxyError) in _ = try connection.query("SELECT $1", [.text("a\0b")]) }?.code == .nulInText)
    #expect(
      failure { () throws(MetaxyError) in _ = try connection.query("SELECT 1\0, 2") }?.code == .nulInText)
  }

  @Test func onlyChangedRowsAreCounted() throws {
    let connection = try ScratchDatabase().connection()
    #expect(try connection.execute("CREATE TABLE a AS SELECT generate_series(1, 5) AS n") == 0)
    #expect(try connection.execute("INSERT INTO a SELECT generate_series(6, 8)") == 3)
    #expect(try connection.execute("UPDATE a SET n = n + 1 WHERE n < 3") == 2)
    #expect(try connection.execute("SELECT * FROM a") == 0)
    #expect(try connection.execute("DELETE FROM a") == 8)
  }

  @Test func oneStatementIsSentAtATime() throws {
    let scratch = try ScratchDatabase()
    let connection = try scratch.connection()
    let error = failure { () throws(MetaxyError) in try connection.execute("CREATE TABLE a (); CREATE TABLE b ()") }
    #expect(error?.sqlState == "42601")
    #expect(try connection.tableNames() == [])
    #expect(
      failure { () throws(MetaxyError) in try connection.execute(" -- nothing") }?.code == .emptyStatement)
  }

  @Test(arguments: ["COPY a TO STDOUT", "COPY a FROM STDIN", "COPY (SELECT generate_series(1, 300000)) TO STDOUT"])
  func rowsBesideAStatementAreRefused(_ sql: String) throws {
    let connection = try ScratchDatabase("CREATE TABLE a (n int); INSERT INTO a VALUES (1)").connection()
    #expect(failure { () throws(MetaxyError) in try connection.execute(sql) }?.code == .copyRefused)
    #expect(try connection.query("SELECT n FROM a") == [[.integer(1)]])
  }

  @Test func aTransactionIsRolledBack() throws {
    let scratch = try ScratchDatabase()
    let connection = try scratch.connection()
    try connection.beginTransaction()
    try connection.execute("CREATE TABLE a (n int)")
    _ = failure { () throws(MetaxyError) in try connection.execute("SELECT 1/0") }
    connection.rollbackTransaction()
    connection.rollbackTransaction()  // outside a transaction, where there is nothing to do
    try connection.transaction { () throws(MetaxyError) in _ = try connection.execute("CREATE TABLE b (n int)") }
    #expect(try scratch.rows("SELECT relname FROM pg_class WHERE relname IN ('a', 'b')") == ["b"])
  }

  @Test func noticesAreHandedOn() throws {
    let scratch = try ScratchDatabase()
    let connection = try scratch.connection()
    try connection.execute("DROP TABLE IF EXISTS nobody")
    try connection.execute(
      "DO $$ BEGIN RAISE WARNING 'careful' USING DETAIL = 'why', HINT = 'what'; RAISE DEBUG 'unheard'; END $$")
    #expect(scratch.notices.map(\.message) == [#"table "nobody" does not exist, skipping"#, "careful"])
    #expect(scratch.notices.map(\.isWarning) == [false, true])
    #expect(scratch.notices.last?.detail == "why")
    #expect(scratch.notices.last?.hint == "what")
  }

  @Test func whoLooksDoesNotWrite() throws {
    let scratch = try ScratchDatabase("CREATE TABLE a (n int)")
    let connection = try scratch.database().openForReading()
    #expect(failure { () throws(MetaxyError) in try connection.execute("DROP TABLE a") }?.sqlState == "25006")
    try connection.transaction { () throws(MetaxyError) in
      try connection.execute("SET TRANSACTION READ WRITE")
      try connection.execute("CREATE TEMPORARY TABLE t (n int)")
    }
    #expect(try connection.tableNames() == ["a"])
  }
}
