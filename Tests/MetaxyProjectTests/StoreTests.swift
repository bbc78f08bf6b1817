import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import Testing

struct StoreTests {
  /// An `alembic.ini` has the form of SQLAlchemy, a store of Metaxy another one.
  @Test(arguments: [
    ("postgresql+psycopg://u:p@db:5432/shop", "host=db dbname=shop user=other", true),
    ("postgresql+psycopg://u@/shop?host=%2Frun%2Fpg", "host=/run/pg dbname=shop", true),
    ("postgresql://u@%2Frun%2Fpg/shop", "host=/run/pg dbname=shop", true),
    ("postgresql://db/shop", "host=db port=5433 dbname=shop", false),
    ("postgresql://db/shop", "postgresql://db/other", false),
    ("postgresql://db/shop", "sqlite:///shop", false),
    ("sqlite:////data/a.db", "sqlite:////data/../data/a.db", true),
  ])
  func formsOfOneDatabaseAreTheSame(written: String, stored: String, isSame: Bool) throws {
    let url = try StoreURL(written, relativeTo: "/")
    #expect(try url.isSameDatabase(as: StoreURL(stored, relativeTo: "/")) == isSame)
  }

  private func code<Result>(_ work: () throws -> Result) -> String? {
    do {
      _ = try work()
      return nil
    } catch {
      return (error as? MetaxyError)?.code.rawValue
    }
  }

  @Test func onlyStoreIsTheDefault() throws {
    #expect(try project("ext.migrations.stores.x.url = 'sqlite:///x.db'").store().name == "x")
  }

  @Test func severalStoresNeedAName() throws {
    let loaded = try project("[ext.migrations.stores]\na.url = 'sqlite:///a.db'\nb.url = 'sqlite:///b.db'")
    #expect(code { try loaded.store() } == "ambiguous_store")
    #expect(code { try loaded.store(named: "c") } == "unknown_store")
  }

  @Test func projectWithoutStoresSaysSo() throws {
    let loaded = try project("")
    #expect(code { try loaded.store() } == "no_store")
  }

  @Test(arguments: [
    (
      "type = 'metaxy.ext.postgresql.PostgreSQLMetadataStore'\nconfig.connection_string = 'postgresql://h/d'",
      "postgresql://h/d"
    ),
    ("type = 'x.SQLiteMetadataStore'\nconfig = { connection_string = 'sqlite:////a.db' }", "/a.db"),
    ("type = 'x.SQLiteMetadataStore'\nconfig = { database = '/a.db', table_prefix = '' }", "/a.db"),
    ("type = 'x.sqlite.Store'\nconfig = { path = '/a.db' }", "/a.db"), ("url = 'sqlite:////a.db'", "/a.db"),
  ])
  func storesInMetaxysFormAreRead(text: String, target: String) throws {
    #expect(try project("[stores.s]\n\(text)").store(named: "s").url.target == target)
  }

  private static let ibis = "type = 'metaxy.metadata_store.ibis.IbisMetadataStore'\nconfig = "

  /// Ibis's connection strings: two slashes before a relative file, three before an absolute one.
  @Test(arguments: [
    ("{ connection_string = 'sqlite:///a.db' }", "/a.db", "/a.db"),
    ("{ connection_string = 'sqlite://data/a.db?x=1' }", "<root>/data/a.db", "data/a.db"),
    ("{ connection_string = 'data/a.sqlite' }", "<root>/data/a.sqlite", "data/a.sqlite"),
    ("{ connection_string = '${URL}' }", "/v.db", "${URL}"),
    ("{ backend = 'sqlite', connection_params = { database = 'a.db' } }", "<root>/a.db", "a.db"),
    ("{ connection_string = 'postgres://u:pw@h:1/d' }", "postgresql://u:pw@h:1/d", "postgres://u:***@h:1/d"),
    (
      "{ connection_string = 'postgresql://h/d/app?sslmode=require' }",
      "postgresql://h/d?sslmode=require&options=-csearch_path%3Dapp", "postgresql://h/d/app?sslmode=require"
    ),
    (
      "{ connection_string = 'postgresql://h/d?schema=app&options=-cx%3D1' }",
      "postgresql://h/d?options=-cx%3D1%20-csearch_path%3Dapp", "postgresql://h/d?schema=app&options=-cx%3D1"
    ),
    (
      "{ backend = 'postgres', connection_params = { host = 'h', port = 5433, user = 'me', password = \"it's\","
        + " database = 'd', schema = 'app', autocommit = true } }",
      #"host=h port=5433 user=me password='it\'s' dbname=d options=-csearch_path=app"#,
      "host=h port=5433 user=me password=*** dbname=d options=-csearch_path=app"
    ),
    (
      "{ backend = 'postgres', connection_params = { host = '${HOST}', password = '${URL}' } }",
      "host='a b' password=sqlite:///v.db", "host=${HOST} password=***"
    ),
  ])
  func storesOnIbisAreRead(config: String, target: String, shown: String) throws {
    let loaded = try project("[stores.s]\n" + Self.ibis + config, ["URL": "sqlite:///v.db", "HOST": "a b"])
    let url = try loaded.store().url
    #expect(url.target == target.replacing("<root>", with: loaded.root))
    #expect(url.redacted == shown)
  }

  @Test(arguments: [
    ("{ connection_string = 'duckdb:///a.duckdb' }", "its `connection_string` is neither SQLite's nor PostgreSQL's"),
    ("{ connection_string = 'a.duckdb' }", "its `connection_string` is neither SQLite's nor PostgreSQL's"),
    ("{ backend = 'clickhouse' }", "its `backend` is `clickhouse`, neither SQLite nor PostgreSQL"),
    ("{}", "its `config` has neither `connection_string` nor `backend`"),
    (
      "{ backend = 'postgres', connection_params = { password = '${PASSWORD}' } }",
      "`connection_params.password` needs the environment variable `PASSWORD`, which is not set"
    ),
  ])
  func storesOnIbisThatCannotBeUsedSaySo(config: String, reason: String) throws {
    let loaded = try project("[stores.s]\n" + Self.ibis + config)
    let error = try #require(throws: MetaxyError.self) { try loaded.store(named: "s") }
    #expect(error.message == "store `s` cannot be used: \(reason)")
  }

  /// An own URL replaces the database, and not the names of its tables; an own prefix does.
  @Test(arguments: [
    ("", "dev_"), ("url = 'sqlite:///own.db'", "dev_"), ("production = true", "dev_"),
    ("table_prefix = 'own_'", "own_"), ("table_prefix = ''", ""),
  ])
  func prefixOfTablesIsRead(own: String, prefix: String) throws {
    let loaded = try project(
      "[stores.s]\n" + Self.ibis + "{ connection_string = 'sqlite://a.db', table_prefix = 'dev_' }\n"
        + "[ext.migrations.stores.s]\n\(own)\n[ext.migrations.stores.t]\nurl = 'sqlite:///t.db'")
    #expect(try loaded.store(named: "s").tablePrefix == prefix)
    #expect(try loaded.store(named: "t").tablePrefix == "")
    // Both run the revisions of one directory, which name their tables.
    let expected: String? = prefix.isEmpty ? nil : "prefixes_differ"
    let store = try loaded.store(named: "s")
    #expect(code { try loaded.requireOnePrefix(of: .user, for: store) } == expected)
    #expect(code { try loaded.tablePrefix() } == (prefix.isEmpty ? nil : "ambiguous_store"))
  }

  /// A store whose variable is not set has a prefix, too, and a database outside the configuration has that of all stores.
  @Test func prefixCountsForStoresThatCannotBeReached() throws {
    let both = "[ext.migrations.stores.s]\nurl = 'sqlite:///s.db'\ntable_prefix = 'dev_'\n[ext.migrations.stores.t]\n"
    let equal = try project(both + "url = 'postgresql://${HOST}/t'\ntable_prefix = 'dev_'")
    #expect(try equal.store(named: "sqlite:///x.db").tablePrefix == "dev_")
    #expect(try equal.tablePrefix() == "dev_")
    let differing = try project(both + "url = 'postgresql://${HOST}/t'\n")
    let store = try differing.store(named: "s")
    #expect(code { try differing.requireOnePrefix(of: .system, for: store) } == "prefixes_differ")
    let apart = try project(both + "url = 'postgresql://${HOST}/t'\ndirectory = 'own'")
    #expect(code { try apart.requireOnePrefix(of: .user, for: store) } == nil)
    #expect(code { try apart.requireOnePrefix(of: .system, for: store) } == "prefixes_differ")
  }

  @Test func argumentsOfAPostgreSQLStoreAreRead() throws {
    let loaded = try project(
      """
      [stores.prod]
      type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
      [stores.prod.config]
      hash_algorithm = "sha256"
      auto_cast_struct_for_jsonb = true
      connection_params = { host = "h", database = "d" }
      """)
    #expect(try loaded.store().url.target == "host=h dbname=d")
    #expect(try loaded.store().hashAlgorithm == "sha256")
    #expect(loaded.migrations.dialects == [.postgresql])
  }

  @Test func onlyPostgreSQLsTablesHaveAnOwner() throws {
    let text = "[ext.migrations.stores.s]\nowner = 'migrator'\nurl = "
    #expect(try project(text + "'postgresql://h/d'").store().owner == "migrator")
    let error = try #require(try failure(text + "'sqlite:///a.db'"))
    #expect(error.diagnostics.first?.location.line == 2)
    #expect(error.diagnostics.first?.message.contains("owner") == true)
  }

  @Test func ownSectionWinsOverMetaxys() throws {
    let loaded = try project(
      """
      [stores.s]
      type = "x.SQLite"
      config.database = "/a.db"
      [ext.migrations.stores.s]
      url = "sqlite:////b.db"
      """)
    #expect(try loaded.store().url.target == "/b.db")
  }

  @Test func ownSectionMayAddToMetaxys() throws {
    let loaded = try project(
      "[stores.s]\ntype = 'x.SQLite'\nconfig.database = '/a.db'\n[ext.migrations.stores.s]\nproduction = true")
    #expect(try loaded.store().isProduction)
    #expect(try loaded.store().url.target == "/a.db")
  }

  @Test func storesOnOtherEnginesAreNoErrorUntilTheyAreUsed() throws {
    let loaded = try project(
      "[stores.duck]\ntype = 'metaxy.ext.duckdb.DuckDBMetadataStore'\nconfig.database = 'x.duckdb'\n[stores.incomplete]"
    )
    #expect(code { try loaded.store(named: "duck") } == "unusable_store")
    #expect(code { try loaded.store(named: "incomplete") } == "unusable_store")
    #expect(code { try loaded.store() } == "no_store")
  }

  @Test func databaseInMemoryIsRefusedInMetaxysFormToo() throws {
    #expect(try failure("[stores.s]\ntype = 'x.SQLite'\nconfig.database = ':memory:'") != nil)
  }

  @Test func tablesAreCreatedWhereThatIsSaidButNeverInProduction() throws {
    let stores = """
      [stores.metaxys]
      url = "sqlite:///m.db"
      config.auto_create_tables = true
      [ext.migrations.stores]
      silent = { url = "sqlite:///a.db" }
      wants = { url = "sqlite:///b.db", auto_create_tables = true }
      declines = { url = "sqlite:///c.db", auto_create_tables = false }
      prod = { url = "sqlite:///d.db", production = true }
      """
    func creating(_ text: String) throws -> Set<String> {
      Set(try project(text).configuration.stores.filter(\.createsTables).map(\.name))
    }
    #expect(try creating(stores) == ["wants", "metaxys"])
    #expect(try creating("auto_create_tables = true\n" + stores) == ["silent", "wants", "metaxys"])
    let both = "[ext.migrations.stores]\np = { url = 'sqlite:///d.db', production = true, auto_create_tables = true }"
    let error = try #require(throws: MetaxyError.self) { try project(both) }
    #expect(error.code == .invalidConfiguration)
    #expect(
      error.diagnostics.first?.message
        == "store `p` has both `auto_create_tables = true` and `production = true`: tables of production are migrated")
  }
}
