import MetaxyDatabase
import MetaxyErrors
import MetaxyRuntime
import MetaxyTestSupport
import Testing

@testable import MetaxyPostgreSQL
@testable import MetaxyPostgreSQLDriver

@Suite(.timed) struct ConnectingTests {
  private func refusal(_ url: String, displayText: String = "a database") -> MetaxyError? {
    failure { () throws(MetaxyError) in
      _ = try PostgreSQLDatabase(connectionString: url, displayName: displayText).openForWriting()
    }
  }

  /// Everything that a terminal would show of an error.
  private func text(_ error: MetaxyError?) -> String {
    var text = ""
    var next = error
    while let error = next {
      text += "\(error.message) \(error.hints)\n"
      next = error.cause as? MetaxyError
    }
    return text
  }

  /// A role that connects with this password, and the URL of a server's database without user and password.
  private func guardedRole(password: String) throws -> (name: String, url: (String) -> String) {
    let cluster = try PostgreSQLCluster.shared()
    let group = try #require(cluster.guardedRole, "needs a server of the tests' own")
    let url = try cluster.database()
    let name = "guarded_\(UInt32.random(in: 0 ... .max))"
    _ = try cluster.query("CREATE ROLE \(name) LOGIN PASSWORD '\(password)' IN ROLE \(group)", at: url)
    return (name, { user in url.replacing("metaxy@", with: "\(user)@", maxReplacements: 1) })
  }

  @Test(.enabled(if: serverIsOwn)) func aPasswordIsSentAndNeverPrinted() throws {
    let role = try guardedRole(password: "s3cret/@:%")
    #expect(refusal(role.url("\(role.name):s3cret%2F%40%3A%25")) == nil)
    let wrong = refusal(role.url("\(role.name):wr0ng-one"))
    #expect(wrong?.code == .cannotConnect)
    #expect(wrong?.message.contains("password authentication failed") == true)
    #expect(!text(wrong).contains("wr0ng"))
    let none = refusal(role.url(role.name))
    #expect(
      none?.hints == ["the server asks for a password: set it in `~/.pgpass`, `PGPASSWORD` or the store's `url`"])
  }

  @Test(arguments: [
    "postgresql://me:sec/ret@nowhere.invalid/db", "postgresql://me:sec@ret@nowhere.invalid/db",
    "postgresql://me:sec?ret@nowhere.invalid/db", "postgresql://me:sec#ret@nowhere.invalid/db",
    "postgresql://me:sec%zzret@nowhere.invalid/db", "postgresql://me:sec%00ret@nowhere.invalid/db",
    "postgresql://me:sec ret@nowhere.invalid/db", "postgresql://me@nowhere.invalid/db?password=sec ret",
    "postgresql://me@nowhere.invalid/db?sslpassword=secret", "postgresql://nowhere.invalid:port/db?password=secret",
  ])
  func aPasswordThatLibpqMisreadsIsNotPrinted(_ url: String) {
    let error = refusal(url, displayText: "postgresql://me:***@nowhere.invalid/db")
    #expect(error != nil)
    #expect(!text(error).contains("sec"))
    #expect(!text(error).contains("ret"))
  }

  @Test func aDatabaseThatIsNotThereCanBeCreated() throws {
    let url = PostgreSQLCluster.url(try PostgreSQLCluster.shared().url, ofDatabase: "nobodys")
    let error = refusal(url)
    #expect(error?.code == .noDatabase)
    #expect(error?.hints.first?.description.contains("`createdb nobodys`") == true)
  }

  @Test func aServerThatIsNotThereIsTold() {
    let error = refusal("postgresql:///db?host=/nowhere")
    #expect(error?.code == .cannotConnect)
    #expect(error?.message.contains("/nowhere") == true)
    #expect(error?.hints == ["check that the server runs, and the store's `url`"])
  }

  @Test(.enabled(if: serverIsOwn)) func whatLibpqTakesConnects() throws {
    let url = try ScratchDatabase().url
    let socket = try #require(url.split(separator: "@").last?.split(separator: "/").first).replacing("%2F", with: "/")
    let name = try #require(url.split(separator: "/").last)
    for text in [
      "host='\(socket)' user=metaxy dbname=\(name)", "postgres:///\(name)?host=\(socket)&user=metaxy",
      "postgresql://metaxy@%2Fnowhere,\(socket.replacing("/", with: "%2F"))/\(name)",
    ] {
      let connection = try PostgreSQLDatabase(connectionString: text, displayName: "a").openForWriting()
      #expect(try connection.query("SELECT current_database()") == [[.text(String(name))]])
    }
  }

  @Test func theProgramIsNamedUnlessTheURLNamesIt() throws {
    let scratch = try ScratchDatabase()
    func name(_ url: String) throws -> String? {
      try PostgreSQLDatabase(connectionString: url, displayName: "a").openForWriting()
        .query("SELECT current_setting('application_name')").first?.first?.text
    }
    #expect(try name(scratch.url) == "metaxy")
    #expect(try name(scratch.url(with: "application_name=deployer")) == "deployer")
  }

  @Test func serversBefore13AreRefused() {
    func refusal(_ number: Int) -> MetaxyError? {
      failure { () throws(MetaxyError) in try PostgreSQLVersion(number: number).requireFloor("a database") }
    }
    #expect(refusal(130_000) == nil)
    #expect(refusal(180_001) == nil)
    #expect(refusal(120_022)?.message.contains("PostgreSQL 12.22, but metaxy needs 13 or newer") == true)
    #expect(refusal(90_624)?.message.contains("PostgreSQL 9.6.24") == true)
    #expect(refusal(80_002)?.message.contains("PostgreSQL 8.0.2") == true)
  }

  @Test func withoutLibpqItIsSaidWhatToInstall() throws {
    let missing = failure { () throws(MetaxyError) in _ = try LibPQ(anyOf: ["libnobodys-pq.so.5"]) }
    #expect(missing?.code == .noLibPQ)
    #expect(missing?.message.hasPrefix("PostgreSQL needs libpq, which is not installed") == true)
    #expect(missing?.hints.first?.description.contains("apt install libpq5") == true)
    // A library that is none of PostgreSQL's.
    let other = failure { () throws(MetaxyError) in _ = try LibPQ(anyOf: ["libnobodys-pq.so.5", "libc.so.6"]) }
    #expect(other?.message.contains("lacks `PQconnectdbParams`") == true)
    let found = try LibPQ(anyOf: ["libnobodys-pq.so.5", "libpq.so.5"])
    #expect(try ConnectionString("dbname=a", displayText: "a", found).text == "dbname=a")
  }
}
