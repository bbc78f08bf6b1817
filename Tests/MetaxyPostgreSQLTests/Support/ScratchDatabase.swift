import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyTestSupport
import Synchronization

/// A temporary PostgreSQL database. Tests inspect it with psql, independently of the code under test.
final class ScratchDatabase: Sendable {
  let url: String
  private let cluster: PostgreSQLCluster
  private let collected = Mutex<[PostgreSQLNotice]>([])

  init(_ sql: String = "") throws {
    cluster = try PostgreSQLCluster.shared()
    url = try cluster.database()
    if !sql.isEmpty { _ = try cluster.query(sql, at: url) }
  }

  /// The rows of a query, values separated by `|`.
  func rows(_ sql: String) throws -> [String] {
    let output = try cluster.query(sql, at: url)
    return output.isEmpty ? [] : output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Returns the URL with one more parameter, which overrides the existing ones: `user=somebody`.
  func url(with parameter: String) -> String { "\(url)\(url.contains("?") ? "&" : "?")\(parameter)" }

  var notices: [PostgreSQLNotice] { collected.withLock(\.self) }

  func database(
    _ url: String? = nil, owner: String? = nil, timeouts: PostgreSQLTimeouts = PostgreSQLTimeouts(),
    interruption: Interruption? = nil
  ) -> PostgreSQLDatabase {
    PostgreSQLDatabase(
      connectionString: url ?? self.url, displayName: "a database", owner: owner, timeouts: timeouts,
      interruption: interruption, notice: { [self] notice in collected.withLock { $0.append(notice) } })
  }

  func connection() throws -> PostgreSQLMigrationConnection {
    let connection = try database().openForWriting()
    guard let connection = connection as? PostgreSQLMigrationConnection else { throw ScratchFailure() }
    return connection
  }
}

/// Whether the server is the tests' own, so that it is known how roles connect to it.
let serverIsOwn = ProcessInfo.processInfo.environment["METAXY_TEST_POSTGRESQL_URL"] == nil

struct ScratchFailure: Error {}

/// Returns whether a part of the text matches a regular expression.
func matches(_ text: String?, _ pattern: String) -> Bool {
  text?.range(of: pattern, options: .regularExpression) != nil
}
