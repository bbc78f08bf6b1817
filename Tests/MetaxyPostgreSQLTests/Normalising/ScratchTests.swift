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
    let connection = try store.database().scratch()
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
    let connection = try store.database().scratch()
    #expect(try store.rows(scratchDatabases) == ["1"])
    withExtendedLifetime(connection) {}
  }

  @Test func aScratchDatabaseThatIsInUseIsNotRemoved() throws {
    let store = try ScratchDatabase()
    let first = try store.database().scratch()
    let second = try store.database().scratch()
    try first.execute("CREATE TABLE first (a INT)")
    #expect(try second.tableNames() == [])
    #expect(try store.rows(scratchDatabases) == ["2"])
  }

  @Test func aScratchDatabaseHasTheStoresDefaultSchema() throws {
    let store = try ScratchDatabase("CREATE SCHEMA app")
    let connection = try store.database(store.url(adding: "options=-csearch_path%3Dapp")).scratch()
    try connection.execute("CREATE TABLE t (a INT)")
    #expect(try connection.query("SELECT schemaname FROM pg_tables WHERE tablename = 't'") == [[.text("app")]])
  }

  @Test func aRoleThatMayCreateNoDatabaseGetsASchemaOfWhichNothingIsLeft() throws {
    let store = try ScratchDatabase()
    let role = "scratch_\(UInt32.random(in: 0 ... .max))"
    _ = try store.rows("CREATE ROLE \(role) LOGIN")
    defer { _ = try? store.rows("DROP OWNED BY \(role); DROP ROLE \(role)") }
    _ = try store.rows(
      "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO \(role)', current_database()); END $$")
    do {
      let connection = try store.database(owner: role).scratch()
      try connection.execute("CREATE TABLE tried (a INT)")
      #expect(try connection.columnNames(of: "tried") == ["a"])
      #expect(try store.rows("SELECT count(*) FROM pg_namespace WHERE nspname = 'metaxy_scratch'") == ["0"])
    }
    #expect(try store.rows("SELECT count(*) FROM pg_tables WHERE tablename = 'tried'") == ["0"])
  }

  @Test func aForbiddenScratchSaysWhy() throws {
    let reason = MetaxyError(.noScratch, "the store is production")
    let store = PostgreSQLDatabase(connectionString: "", displayName: "x", scratch: .unavailable(reason))
    #expect(failure { () throws(MetaxyError) in _ = try store.scratch() }?.message == "the store is production")
  }
}

extension ScratchDatabase {
  /// The database's URL with a parameter more.
  fileprivate func url(adding parameter: String) -> String { url + (url.contains("?") ? "&" : "?") + parameter }
}
