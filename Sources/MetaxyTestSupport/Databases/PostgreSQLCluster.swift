internal import MetaxyEssentials
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyPlatform
internal import Synchronization

/// The PostgreSQL server of a test process; it ends with the process in every case.
///
/// `METAXY_TEST_POSTGRESQL_URL` names a running server instead, by the URL of one of its databases. Without this
/// variable, the tests fail on a machine without PostgreSQL.
package final class PostgreSQLCluster: Sendable {
  /// The URL of a database that every server has.
  package let url: String
  /// Whether this process started the server.
  package let isOwn: Bool
  /// The role whose members connect only with a password; nil on a server that this process did not start.
  package var guardedRole: String? { isOwn ? "metaxy_guarded" : nil }
  /// The directory of the server's programs; nil if they are in the search path.
  package let programs: String?
  /// The directory of a server that this process started.
  let directory: String

  /// The server that all tests of the process share, started on first use.
  package static func shared() throws -> PostgreSQLCluster { try server.get() }

  private static let server = Result {
    let named = ProcessInfo.processInfo.environment["METAXY_TEST_POSTGRESQL_URL"]
    return try named.map(PostgreSQLCluster.init(at:)) ?? PostgreSQLCluster()
  }
  private static let count = Atomic(0)
  /// The databases that no test needs any more and that are not dropped yet.
  let released = Mutex<[String]>([])

  private init(at url: String) {
    self.url = url
    isOwn = false
    programs = nil
    directory = ""
  }

  /// Starts a server for a single test.
  package init() throws {
    let path = try Self.directory()
    // Every build of the tests has the example; one without the command has no `metaxy`.
    let build = try BuiltProgram.directory(of: "ExampleProgram")
    let run = try ChildProcess(
      ["sh", "-c", Self.startScript, "sh", build],
      environment: Self.environment, directory: path)
    guard run.status == 0 else {
      throw ChildProcessFailure(reason: "no PostgreSQL server for the tests: \(run.errors)")
    }
    programs = Self.withoutLastLineEnd(run.output)
    url = "postgresql://metaxy@\(path.replacing("/", with: "%2F"))/postgres"
    isOwn = true
    directory = path
  }

  /// Stops the own server abruptly, like a crash of its machine, and starts it again.
  package func crash() throws {
    try control("$as \"$programs/pg_ctl\" --pgdata=data --log=data/log --wait --mode=immediate restart")
  }

  /// Creates an empty database and returns its URL.
  package func database() throws -> String {
    let name = "metaxy_\(getpid())_\(Self.count.add(1, ordering: .relaxed).newValue)"
    _ = try query("CREATE DATABASE \(name)", at: url)
    let database = Self.url(url, ofDatabase: name)
    if try self === Self.shared() { CaseDatabases.current?.add(database) }
    return database
  }

  /// Drops the database at `url`, with the databases and roles whose names start with its name and `_`, even if clients
  /// are connected.
  package func drop(_ url: String) throws { try drop([url], stopsOnErrors: true) }

  func drop(_ urls: [String], stopsOnErrors: Bool) throws {
    let names = urls.map { "'\(Self.databaseName(of: $0))'" }.joined(separator: ", ")
    _ = try query(
      """
      \\set ON_ERROR_STOP \(stopsOnErrors ? 1 : 0)
      SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
      WHERE EXISTS (SELECT FROM unnest(ARRAY[\(names)]) AS n WHERE datname = n OR starts_with(datname, n || '_')) \\gexec
      SELECT format('DROP ROLE %I', rolname) FROM pg_roles
      WHERE EXISTS (SELECT FROM unnest(ARRAY[\(names)]) AS n WHERE starts_with(rolname, n || '_')) \\gexec
      """, at: self.url)
  }

  /// Runs statements with `psql` and returns the rows of the queries, one per line, with values separated by `|`.
  package func query(_ sql: String, at url: String) throws -> String {
    let scratch = try TemporaryDirectory()
    try Files.write(sql, to: "\(scratch.path)/statements.sql")
    let run = try ChildProcess(
      psql + ["-f", "statements.sql", url], environment: Self.environment, directory: scratch.path)
    guard run.status == 0 else { throw ChildProcessFailure(reason: run.errors) }
    return Self.withoutLastLineEnd(run.output)
  }

  /// Starts statements, which are sent to the server as one.
  package func session(_ sql: String, at url: String) throws -> RunningProcess {
    try RunningProcess(psql + ["-c", sql, url], environment: Self.environment, directory: "/")
  }

  private var psql: [String] {
    [programs.map { "\($0)/psql" } ?? "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
  }

  /// Returns the URL of another database on the server of `url`.
  package static func url(_ url: String, ofDatabase name: String) -> String {
    let parameters = url.firstIndex(of: "?").map { url[$0...] } ?? ""
    let address = url.dropLast(parameters.count)
    let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
    let server = address[start...].firstIndex(of: "/").map { address[..<$0] } ?? address
    return "\(server)/\(name)\(parameters)"
  }

  private static func databaseName(of url: String) -> Substring {
    let address = url.prefix { $0 != "?" }
    return address[(address.lastIndex(of: "/").map(address.index(after:)) ?? address.startIndex)...]
  }

  private static func withoutLastLineEnd(_ text: String) -> String {
    String(text.last == "\n" ? text.dropLast() : text[...])
  }

  /// The environment of the server's programs: the search path, directories, and libpq's variables.
  static let environment = ProcessInfo.processInfo.environment.filter {
    ["PATH", "HOME"].contains($0.key) || $0.key.hasPrefix("PG")
  }

  /// Returns a directory with a short name, because a socket's path is limited to about a hundred bytes. It contains a
  /// pipe that this process holds open until its end.
  private static func directory() throws -> String {
    var template = Array("\(place)/metaxy-pg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChildProcessFailure(reason: String(cString: strerror(errno))) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard mkfifo("\(path)/alive", 0o600) == 0, open("\(path)/alive", O_RDWR | O_CLOEXEC) >= 0 else {
      throw ChildProcessFailure(reason: String(cString: strerror(errno)))
    }
    return path
  }

  /// Where clusters are: in memory if that has room. Most tests create a database, which has 300 files; on ext4 that takes more
  /// time than their statements.
  private static var place: String {
    var space = statvfs()
    let hasRoom = statvfs("/dev/shm", &space) == 0 && UInt64(space.f_bavail) * UInt64(space.f_frsize) >= 8 << 30
    return hasRoom ? "/dev/shm" : "/tmp"
  }
}
