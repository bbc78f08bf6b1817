import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

@Suite(.timed) struct SettingsTests {
  private func setting(_ name: String, on connection: any Connection) throws -> String? {
    try connection.query("SELECT current_setting($1)", [.text(name)]).first?.first?.text
  }

  /// A role of the test's own, and the URL with which it connects.
  private func role(_ scratch: ScratchDatabase, _ sql: (_ name: String) -> String) throws -> (name: String, url: String)
  {
    let name = "role_\(UInt32.random(in: 0 ... .max))"
    _ = try scratch.rows("CREATE ROLE \(name) LOGIN; \(sql(name))")
    return (name, scratch.url(with: "user=\(name)"))
  }

  @Test func theRolesOwnSettingsDoNotCount() throws {
    let scratch = try ScratchDatabase("CREATE SCHEMA own")
    let role = try role(scratch) { name in
      """
      ALTER ROLE \(name) SET "TimeZone" = 'Asia/Tokyo';
      ALTER ROLE \(name) SET quote_all_identifiers = on; ALTER ROLE \(name) SET bytea_output = 'escape';
      ALTER ROLE \(name) SET statement_timeout = 77; ALTER ROLE \(name) SET standard_conforming_strings = off;
      CREATE SCHEMA \(name); GRANT ALL ON SCHEMA own, \(name) TO \(name);
      """
    }
    let connection = try #require(try scratch.database(role.url).openForWriting() as? PostgreSQLMigrationConnection)
    #expect(connection.defaultSchema == "public")
    #expect(try setting("search_path", on: connection) == "public")
    #expect(try setting("TimeZone", on: connection) == "UTC")
    #expect(try setting("quote_all_identifiers", on: connection) == "off")
    #expect(try setting("bytea_output", on: connection) == "hex")
    #expect(try setting("statement_timeout", on: connection) == "0")
    #expect(try setting("lock_timeout", on: connection) == "5s")
    #expect(try connection.query(#"SELECT 'a\b'"#) == [[.text(#"a\b"#)]])
  }

  @Test func theRolesSearchPathNamesTheSchema() throws {
    let scratch = try ScratchDatabase("CREATE SCHEMA own; CREATE TABLE own.a (n int)")
    let role = try role(scratch) { name in
      "ALTER ROLE \(name) SET search_path = absent, own, public; GRANT ALL ON SCHEMA own TO \(name)"
    }
    let connection = try #require(try scratch.database(role.url).openForWriting() as? PostgreSQLMigrationConnection)
    #expect(connection.defaultSchema == "own")
    #expect(try connection.tableNames() == ["a"])
  }

  @Test func theURLOrTheDatabaseNamesTheSchema() throws {
    let scratch = try ScratchDatabase("CREATE SCHEMA app; CREATE TABLE app.a (n int); CREATE TABLE b (n int)")
    let url = scratch.url(with: "options=-csearch_path%3Dapp")
    let connection = try #require(try scratch.database(url).openForWriting() as? PostgreSQLMigrationConnection)
    #expect(connection.defaultSchema == "app")
    #expect(try connection.tableNames() == ["a", TableName("b", schema: "public")])
    let name = try #require(try scratch.rows("SELECT current_database()").first)
    _ = try scratch.rows("ALTER DATABASE \(name) SET search_path = app, public")
    let other = try scratch.connection()
    #expect(other.defaultSchema == "app")
    #expect(try setting("search_path", on: other) == "app, public")
  }

  @Test func aSchemaThatIsNotThereIsRefused() throws {
    let scratch = try ScratchDatabase()
    let error = failure { () throws(MetaxyError) in
      _ = try scratch.database(scratch.url(with: "options=-csearch_path%3Dapp")).openForWriting()
    }
    #expect(error?.code == .noSchema)
    #expect(error?.message.contains("`app`") == true)
    _ = try scratch.rows("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    let role = try role(scratch) { _ in "" }
    #expect(
      failure { () throws(MetaxyError) in _ = try scratch.database(role.url).openForWriting() }?.code == .noSchema)
  }

  @Test func aRoleWithoutRightsIsTold() throws {
    let scratch = try ScratchDatabase("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    let connection = try scratch.database(try role(scratch) { _ in "" }.url).openForWriting()
    let error = failure { () throws(MetaxyError) in try connection.execute("CREATE TABLE a (n int)") }
    #expect(error?.sqlState == "42501")
    #expect(error?.hints == ["the role lacks a privilege: have the owner grant it, or connect as another role"])
  }

  @Test func whatIsCreatedBelongsToTheOwner() throws {
    let scratch = try ScratchDatabase()
    let owner = try role(scratch) {
      "ALTER ROLE \($0) RENAME TO \"\($0) O\"; GRANT ALL ON SCHEMA public TO \"\($0) O\""
    }
    let connection = try scratch.database(owner: "\(owner.name) O").openForWriting()
    try connection.execute("CREATE TABLE a (n int)")
    #expect(try scratch.rows("SELECT tableowner FROM pg_tables WHERE tablename = 'a'") == ["\(owner.name) O"])
  }

  @Test func rowsThatAPolicyHidesAreAnError() throws {
    let scratch = try ScratchDatabase(
      "CREATE TABLE a (n int); INSERT INTO a VALUES (1); ALTER TABLE a ENABLE ROW LEVEL SECURITY")
    let role = try role(scratch) { "GRANT ALL ON a TO \($0)" }
    let connection = try scratch.database(role.url).openForReading()
    #expect(failure { () throws(MetaxyError) in _ = try connection.query("SELECT n FROM a") }?.sqlState == "42501")
  }

  @Test func aServerNoticesThatAClientIsGone() throws {
    let connection = try ScratchDatabase().connection()
    guard connection.serverVersion >= 140_000 else { return }
    #expect(try setting("client_connection_check_interval", on: connection) == "2s")
  }
}
