import MetaxyConfiguration
import MetaxyErrors
import Testing

struct StoreURLTests {
  @Test(arguments: [
    ("sqlite:///metaxy.db", "/project/metaxy.db"), ("sqlite:///data/../x.db", "/project/x.db"),
    ("sqlite:////var/x.db", "/var/x.db"), ("sqlite+pysqlite:///x.db", "/project/x.db"),
    ("sqlite:///with%20space%3F%25.db", "/project/with space?%.db"), ("sqlite:///%C3%A9.db", "/project/é.db"),
    ("sqlite:///a#b@c:d.db", "/project/a#b@c:d.db"),
  ])
  func sqliteURLsNameFiles(text: String, path: String) throws {
    let url = try StoreURL(text, relativeTo: "/project")
    #expect(url.dialect == .sqlite)
    #expect(url.target == path)
  }

  @Test(arguments: [
    "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file::memory:", "sqlite://host/x.db",
    "sqlite:///x.db?mode=ro",
    "sqlite:///x%zz.db", "sqlite:///x%0.db", "sqlite:///x%00.db", "sqlite:///%FF.db", "sqlite:///directory/",
    "metaxy.db",
    "/var/metaxy.db", "", "duckdb:///x.db", "://x",
  ])
  func otherURLsAreRefused(text: String) {
    #expect { try StoreURL(text, relativeTo: "/project") } throws: { ($0 as? MetaxyError)?.code == .invalidStoreURL }
  }

  @Test func hintsTellTheNextStep() {
    let bare = #expect(throws: MetaxyError.self) { try StoreURL("metaxy.db", relativeTo: "/") }
    #expect(bare?.code == .invalidStoreURL)
    #expect(bare?.hints.first?.description.contains("sqlite:///file.db") ?? false)
    let twoSlashes = #expect(throws: MetaxyError.self) { try StoreURL("sqlite://a/b.db", relativeTo: "/") }
    #expect(twoSlashes?.code == .invalidStoreURL)
    #expect(twoSlashes?.hints.first?.description.contains("`sqlite:///a/b.db`") ?? false)
  }

  @Test(arguments: [
    ("postgresql://me@host/db", "postgresql://me@host/db"), ("postgres://host/db", "postgresql://host/db"),
    ("postgresql+psycopg2://me:pw@host/db?sslmode=require", "postgresql://me:pw@host/db?sslmode=require"),
    ("postgresql:///db?host=/run", "postgresql:///db?host=/run"),
    (
      "postgres://me:pw@h1:5432,h2:5433/db?target_session_attrs=read-write",
      "postgresql://me:pw@h1:5432,h2:5433/db?target_session_attrs=read-write"
    ), ("postgresql://%2Frun%2Fa:5432,%2Frun%2Fb/db", "postgresql://%2Frun%2Fa:5432,%2Frun%2Fb/db"),
    ("host=/run dbname = 'a b'", "host=/run dbname = 'a b'"), (" service=prod", " service=prod"),
  ])
  func postgresqlURLsAreKeptForLibpq(text: String, target: String) throws {
    let url = try StoreURL(text, relativeTo: "/project")
    #expect(url.dialect == .postgresql)
    #expect(url.target == target)
  }

  @Test(arguments: [
    ("postgresql://me:hunter2@host/db", "postgresql://me:***@host/db"),
    ("postgresql://me:hun@ter2/hunter2@host/db", "postgresql://me:***@host/db"),
    ("postgresql://:hunter2@host/db", "postgresql://:***@host/db"),
    ("postgresql://host/db?password=hunter2&sslmode=require", "postgresql://host/db?password=***&sslmode=require"),
    ("postgresql://host/db?SSLPASSWORD=hunter2", "postgresql://host/db?SSLPASSWORD=***"),
    ("postgresql://me@host:5432/db", "postgresql://me@host:5432/db"),
    ("postgresql://me:hunter2@h1:5432,h2:5433/db", "postgresql://me:***@h1:5432,h2:5433/db"),
    (
      "postgresql://h1:5432,h2/db?target_session_attrs=any&password=hunter2",
      "postgresql://h1:5432,h2/db?target_session_attrs=any&password=***"
    ), ("postgresql://[::1]:5432,[::2]:5433/db", "postgresql://[::1]:5432,[::2]:5433/db"),
    (
      "host=a,b port=1,2 load_balance_hosts=random tcp_user_timeout=9 password=hunter2",
      "host=a,b port=1,2 load_balance_hosts=random tcp_user_timeout=9 password=***"
    ),
    ("host=h password=hunter2 dbname=d", "host=h password=*** dbname=d"),
    (#"password = 'hun\'t hunter2' user='a b'"#, "password=*** user='a b'"),
    (#"password=hun\ hunter2 dbname=d"#, "password=*** dbname=d"), ("password='hunter2 host=h", "password=***"),
    ("host=h password=hun hunter2 dbname=d", "host=h password=*** ***"),
    ("password=hun hunter2=x dbname=d", "password=*** ***"),
  ])
  func passwordsAreNeverPrinted(text: String, redacted: String) throws {
    let url = try StoreURL(text, relativeTo: "/")
    #expect(url.redacted == redacted)
    var dumped = ""
    dump(url, to: &dumped)
    for printed in ["\(url)", String(reflecting: url), dumped] { #expect(!printed.contains("hunter2")) }
  }

  @Test func passwordsDoNotReachErrors() throws {
    for text in [
      "[ext.migrations.stores.a]\nurl = 'mysql://u:hunter2@h/d'", "[ext.migrations.stores.a]\nurl = 'u:hunter2@h/d'",
      "[ext.migrations.stores]\na = { url = 'postgresql://u:hunter2@h/d', prodution = true }",
      "[ext.migrations]\nscratch_url = 'postgresql://u:hunter2@h/d", "[stores.a]\nurl = 'hunter2://u:hunter2@h' x",
    ] {
      let error = try #require(try failure(text))
      let printed = ([error.message] + error.hints.map(\.description) + error.diagnostics.map(\.description)).joined(
        separator: "\n")
      #expect(!printed.contains("hunter2"), "\(printed)")
    }
  }
}
