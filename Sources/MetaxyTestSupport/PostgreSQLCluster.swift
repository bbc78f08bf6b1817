internal import MetaxyEssentials
internal import MetaxyFiles
internal import MetaxyPlatform
internal import Synchronization

/// The PostgreSQL server of a test process: one of its own, which goes with the process, however that ends.
///
/// `METAXY_TEST_POSTGRESQL_URL` names a server that is there already, by the URL of one of its databases. Without it a
/// machine without PostgreSQL makes the tests fail.
package final class PostgreSQLCluster: Sendable {
  /// The URL of the database that every server has.
  package let url: String
  /// Whether the server is this process's own.
  package let isOwn: Bool
  /// Roles that are members of this one connect with a password only; nil on a server that is not ours.
  package var guardedRole: String? { isOwn ? "metaxy_guarded" : nil }
  /// The directory of the server's programs; nil where the search path has to know them.
  package let programs: String?
  /// Where an own server keeps all that it has.
  private let directory: String

  /// The server that all tests of the process share; started when it is first asked for.
  package static func shared() throws -> PostgreSQLCluster { try server.get() }

  private static let server = Result {
    let named = ProcessInfo.processInfo.environment["METAXY_TEST_POSTGRESQL_URL"]
    return try named.map(PostgreSQLCluster.init(at:)) ?? PostgreSQLCluster()
  }
  private static let count = Atomic(0)

  private init(at url: String) {
    self.url = url
    isOwn = false
    programs = nil
    directory = ""
  }

  /// Starts a server that no other test uses.
  package init() throws {
    let path = try Self.directory()
    let scratch = try TemporaryDirectory()
    let run = try ChildProcess(
      Self.startScript, environment: Self.environment, directory: path, scratch: scratch.path)
    guard run.status == 0 else {
      throw ChildProcessFailure(reason: "no PostgreSQL server for the tests: \(run.errors)")
    }
    programs = Self.withoutLastLineEnd(run.output)
    url = "postgresql://metaxy@\(path.replacing("/", with: "%2F"))/postgres"
    isOwn = true
    directory = path
  }

  /// Makes an own server end at once, as by a failure of its machine, and start again.
  package func crash() throws {
    guard let programs else { throw ChildProcessFailure(reason: "`\(url)` is not ours to end") }
    let scratch = try TemporaryDirectory()
    let run = try ChildProcess(
      """
      owner=$(ls -ld data | awk '{ print $3 }')
      if [ "$(id -u)" -eq 0 ]; then
        if command -v runuser >/dev/null; then as="runuser -u $owner --"; else as="sudo -u $owner"; fi
      fi
      $as '\(programs)/pg_ctl' --pgdata=data --log=data/log --wait --mode=immediate restart
      """, environment: Self.environment, directory: directory, scratch: scratch.path)
    guard run.status == 0 else { throw ChildProcessFailure(reason: "\(run.output)\(run.errors)") }
  }

  /// Makes an empty database and returns its URL.
  package func database() throws -> String {
    let name = "metaxy_\(getpid())_\(Self.count.add(1, ordering: .relaxed).newValue)"
    _ = try query("CREATE DATABASE \(name)", at: url)
    return Self.url(url, ofDatabase: name)
  }

  /// Drops the database at `url`, and the databases and roles whose names begin with its name and `_`, whoever is connected.
  package func drop(_ url: String) throws {
    let name = Self.databaseName(of: url)
    _ = try query(
      """
      SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
      WHERE datname = '\(name)' OR starts_with(datname, '\(name)_') \\gexec
      SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE starts_with(rolname, '\(name)_') \\gexec
      """, at: self.url)
  }

  /// Runs statements with `psql` and returns the rows of the queries, one a line, values separated by `|`.
  package func query(_ sql: String, at url: String) throws -> String {
    let scratch = try TemporaryDirectory()
    try Files.write(sql, to: "\(scratch.path)/statements.sql")
    let psql = programs.map { "\($0)/psql" } ?? "psql"
    let run = try ChildProcess(
      "'\(psql)' -X -q -A -t -v ON_ERROR_STOP=1 -f statements.sql '\(url)'", environment: Self.environment,
      directory: scratch.path, scratch: scratch.path)
    guard run.status == 0 else { throw ChildProcessFailure(reason: run.errors) }
    return Self.withoutLastLineEnd(run.output)
  }

  /// The URL of another database on the server of `url`.
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

  /// What the server's programs see: where things are, and what libpq is told.
  private static let environment = ProcessInfo.processInfo.environment.filter {
    ["PATH", "HOME"].contains($0.key) || $0.key.hasPrefix("PG")
  }

  /// A directory with a short name, as a socket's path may have some hundred bytes, and in it a pipe that this process
  /// holds open as long as it lives.
  private static func directory() throws -> String {
    var template = Array("/tmp/metaxy-pg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ChildProcessFailure(reason: String(cString: strerror(errno))) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard mkfifo("\(path)/alive", 0o600) == 0, open("\(path)/alive", O_RDWR | O_CLOEXEC) >= 0 else {
      throw ChildProcessFailure(reason: String(cString: strerror(errno)))
    }
    return path
  }
}
