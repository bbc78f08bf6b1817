import MetaxyDatabase
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxyTestSupport
import Testing

/// Where definitions are tried out.
@Suite(.timed) struct ScratchTests {
  private let scratchDatabases =
    "SELECT count(*) FROM pg_database WHERE datname LIKE 'metaxy_scratch_' || (SELECT oid FROM pg_database WHERE datname = current_database()) || '%'"

  @Test func whatIsMadeInAScratchDatabaseIsNotInTheStore() throws {
    let store = try ScratchDatabase("CREATE TABLE kept (a INT)")
    let connection = try store.database().scratch().connection
    try connection.execute("CREATE TABLE tried (a INT)")
    #expect(try connection.tableNames() == ["tried"])
    #expect(try store.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == ["kept"])
    #expect(try store.rows(scratchDatabases) == ["1"])
  }

  @Test func aScratchDatabaseGoesWithItsConnection() throws {
    let store = try ScratchDatabase()
    do { _ = try store.database().scratch() }
    #expect(try store.rows(scratchDatabases) == ["0"])
  }

  @Test func whatAKilledRunHasLeftIsRemoved() throws {
    let store = try ScratchDatabase()
    let oid = try store.rows("SELECT oid FROM pg_database WHERE datname = current_database()")[0]
    _ = try store.rows("CREATE DATABASE metaxy_scratch_\(oid)_1_dead")
    let connection = try store.database().scratch().connection
    #expect(try store.rows(scratchDatabases) == ["1"])
    withExtendedLifetime(connection) {}
  }

  @Test func aScratchDatabaseThatIsInUseIsNotRemoved() throws {
    let store = try ScratchDatabase()
    let first = try store.database().scratch().connection
    let second = try store.database().scratch().connection
    try first.execute("CREATE TABLE first (a INT)")
    #expect(try second.tableNames() == [])
    #expect(try store.rows(scratchDatabases) == ["2"])
  }

  @Test func aScratchDatabaseHasTheStoresDefaultSchema() throws {
    let store = try ScratchDatabase("CREATE SCHEMA app")
    let connection = try store.database(store.url(adding: "options=-csearch_path%3Dapp")).scratch().connection
    try connection.execute("CREATE TABLE t (a INT)")
    #expect(try connection.query("SELECT schemaname FROM pg_tables WHERE tablename = 't'") == [[.text("app")]])
  }

  @Test func aScratchDatabaseHasTheSchemaOfTheDatabasesSearchPath() throws {
    let store = try ScratchDatabase("CREATE SCHEMA app")
    let name = try #require(try store.rows("SELECT current_database()").first)
    _ = try store.rows("ALTER DATABASE \(name) SET search_path = app, public")
    let connection = try store.database().scratch().connection
    try connection.execute("CREATE TABLE t (a INT)")
    #expect(try connection.query("SELECT schemaname FROM pg_tables WHERE tablename = 't'") == [[.text("app")]])
    #expect(try connection.tableNames() == ["t"])
  }

  /// A role of the test that may not create databases.
  private func role(in store: ScratchDatabase) throws -> String {
    let name = try #require(try store.rows("SELECT current_database()").first) + "_role"
    _ = try store.rows("CREATE ROLE \(name) LOGIN; GRANT CREATE ON SCHEMA public TO \(name)")
    return name
  }

  @Test func nothingIsTriedOutInTheStoreItself() throws {
    let store = try ScratchDatabase()
    let role = try role(in: store)
    let database = store.database(store.url(with: "user=\(role)"))
    let error = try #require(failure { () throws(MetaxyError) in _ = try database.scratch() })
    #expect(error.code == .noScratch)
    #expect(error.message.hasPrefix("the role `\(role)` cannot create a scratch database beside"))
    #expect(error.hints.map(\.description).joined().contains("`CREATE DATABASE metaxy_scratch OWNER \"\(role)\"`"))
    // Nor if the URL of the store is that of the scratch database as well.
    let same = PostgreSQLDatabase(
      connectionString: store.url(with: "user=\(role)"), displayName: "a store",
      scratch: .server(store.url(with: "user=\(role)&application_name=other")))
    #expect(
      failure { () throws(MetaxyError) in _ = try same.scratch() }?.message
        == "`scratch_url` is the database of the store `a store`, in which nothing is tried out")
  }

  @Test func aDatabaseOfItsOwnIsEmptyAgainAfterEachRun() throws {
    let store = try ScratchDatabase()
    let dedicated = try ScratchDatabase()
    let role = try role(in: store)
    let name = try #require(try dedicated.rows("SELECT current_database()").first)
    _ = try dedicated.rows("ALTER DATABASE \(name) OWNER TO \(role); GRANT CREATE ON SCHEMA public TO \(role)")
    let database = PostgreSQLDatabase(
      connectionString: store.url(with: "user=\(role)"), displayName: "a store",
      scratch: .server(dedicated.url(with: "user=\(role)")))
    for _ in 0..<2 {
      let connection = try database.scratch().connection
      try connection.execute("CREATE SCHEMA app")
      try connection.execute("CREATE TABLE tried (a INT)")
      #expect(try connection.columnNames(of: "tried") == ["a"])
    }
    let relations = "SELECT count(*) FROM pg_class WHERE relname = 'tried'"
    #expect(try dedicated.rows(relations) == ["0"])
    #expect(try store.rows(relations) == ["0"])
    #expect(try store.rows(scratchDatabases) == ["0"])
  }

  @Test(arguments: [
    ("CREATE TABLE kept (a INT)", "table kept"), ("CREATE SCHEMA kept", "schema kept"),
    ("CREATE TYPE kept AS ENUM ('a')", "type kept"),
    ("CREATE FUNCTION kept() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function kept()"),
  ])
  func aDatabaseInUseIsNotUsedAsScratch(sql: String, object: String) throws {
    let store = try ScratchDatabase()
    let used = try ScratchDatabase(sql)
    let role = try role(in: store)
    let database = PostgreSQLDatabase(
      connectionString: store.url(with: "user=\(role)"), displayName: "a store",
      scratch: .server(used.url(with: "user=\(role)")))
    #expect(
      failure { () throws(MetaxyError) in _ = try database.scratch() }?.message
        == "the database at `scratch_url` is not empty: it has \(object)")
  }

  @Test func aRefusedScratchReportsWhy() throws {
    let reason = MetaxyError(.noScratch, "the store is production")
    let store = PostgreSQLDatabase(connectionString: "", displayName: "x", scratch: .unavailable(reason))
    #expect(failure { () throws(MetaxyError) in _ = try store.scratch() }?.message == "the store is production")
  }
}

extension ScratchDatabase {
  /// The database's URL with a parameter more.
  fileprivate func url(adding parameter: String) -> String { url + (url.contains("?") ? "&" : "?") + parameter }
}
