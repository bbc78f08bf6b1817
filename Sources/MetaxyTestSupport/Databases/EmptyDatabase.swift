/// An empty database on one of the engines, read and written without the code under test; dropped with the value.
package final class EmptyDatabase: Sendable {
  package let engine: Engine
  /// The URL, as a store has it.
  package let url: String
  private let content: Content

  private enum Content {
    case file(DatabaseFile, TemporaryDirectory)
    case server(PostgreSQLCluster)
  }

  package init(on engine: Engine) throws {
    self.engine = engine
    switch engine {
    case .sqlite:
      let directory = try TemporaryDirectory()
      content = .file(DatabaseFile(path: "\(directory.path)/a.db"), directory)
      url = "sqlite:///\(directory.path)/a.db"
    case .postgresql:
      let cluster = try PostgreSQLCluster.shared()
      content = .server(cluster)
      url = try cluster.database()
    }
  }

  deinit {
    if case .server(let cluster) = content { cluster.release([url]) }
  }

  /// The path of a SQLite file.
  package var path: String? {
    if case .file(let file, _) = content { file.path } else { nil }
  }

  /// Runs statements and returns the rows of the queries, with values separated by `|` and NULL as an empty text.
  @discardableResult
  package func rows(_ sql: String) throws -> [String] {
    switch content {
    case .file(let file, _): return try file.run(sql).map { $0.map { $0 ?? "" }.joined(separator: "|") }
    case .server(let cluster):
      let output = try cluster.query(sql, at: url)
      return output.isEmpty ? [] : output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
