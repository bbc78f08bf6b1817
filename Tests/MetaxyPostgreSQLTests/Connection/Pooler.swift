import Foundation
import MetaxyTestSupport
import Testing

/// A PgBouncer in front of a database, for as long as the value lives.
final class Pooler {
  let url: String
  private let scratch: TemporaryDirectory

  struct Failure: Error {
    var reason: String
  }

  init(of url: String, mode: String, settings: String = "") throws {
    scratch = try TemporaryDirectory()
    let parts = try #require(URLComponents(string: url))
    let server = try #require(parts.percentEncodedHost?.removingPercentEncoding)
    let name = String(parts.path.dropFirst())
    self.url = "postgresql://metaxy@\(scratch.path.replacing("/", with: "%2F")):6432/\(name)"
    try """
    [databases]
    \(name) = host=\(server) dbname=\(name) user=metaxy
    [pgbouncer]
    pool_mode = \(mode)
    auth_type = any
    listen_port = 6432
    unix_socket_dir = \(scratch.path)
    logfile = \(scratch.path)/log
    pidfile = \(scratch.path)/pid
    \(settings)
    """.write(toFile: "\(scratch.path)/pgbouncer.ini", atomically: true, encoding: .utf8)
    // It refuses to run as root, as the server does, whose socket only its owner reaches.
    _ = try run(
      """
      chmod 755 . && command -v pgbouncer >/dev/null || PATH=$PATH:/usr/sbin
      if [ "$(id -u)" -eq 0 ]; then
        owner=$(ls -ld '\(server)' | awk '{ print $3 }')
        chown -R "$owner" . && as="runuser -u $owner --"
      fi
      $as pgbouncer -d -q pgbouncer.ini
      """)
    // What goes to the background may not listen yet, also when its socket is there.
    let answers = "pg_isready -q -h '\(scratch.path)' -p 6432"
    try waitUntil("PgBouncer answers") { (try? run(answers)) != nil }
  }

  deinit { _ = try? run("kill $(cat pid)") }

  func query(_ sql: String) throws -> String {
    String(try run("psql -X -q -A -t -c '\(sql)' '\(url)'").dropLast())
  }

  private func run(_ command: String) throws -> String {
    let run = try ChildProcess(
      command, environment: ProcessInfo.processInfo.environment, directory: scratch.path)
    guard run.status == 0 else { throw Failure(reason: "no PgBouncer: \(run.errors)") }
    return run.output
  }
}
