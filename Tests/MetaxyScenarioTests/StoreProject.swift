import MetaxyTestSupport
import Testing

/// A project with one store, the built command on it, and the store's database past metaxy.
final class StoreProject: Sendable {
  private let project: BuiltProject
  private let database: EmptyDatabase
  private let entrypoint: String

  /// - Parameters:
  ///   - sql: what the database holds.
  ///   - entrypoint: the file that says what it shall hold; empty at first.
  ///   - settings: further lines of the store's section.
  init(on engine: Engine, _ sql: String = "", entrypoint: String = "app.sql", settings: String = "") throws {
    self.entrypoint = entrypoint
    database = try EmptyDatabase(on: engine)
    project = try BuiltProject(
      """
      entrypoints = ["\(entrypoint)"]

      [ext.migrations.stores.dev]
      url = "\(database.url)"
      \(settings)
      """)
    try want("")
    if !sql.isEmpty { _ = try rows(sql) }
  }

  /// Sets the desired tables.
  func want(_ definitions: String) throws { try project.write(definitions, to: entrypoint) }

  func revision(_ name: String, after parent: String = "", _ sections: String) throws {
    try project.revision(name, after: parent, sections)
  }

  @discardableResult
  func run(
    _ words: String, status: Int32 = 0, _ location: SourceLocation = #_sourceLocation
  ) throws -> ChildProcess {
    let run = try project.run(words)
    #expect(run.status == status, "metaxy \(words): \(run.output)\(run.errors)", sourceLocation: location)
    return run
  }

  /// Starts the command.
  func start(_ words: String) throws -> RunningProcess { try project.start(words) }

  /// Lets a session of another program lock a table until it is released.
  func hold(_ table: String) throws -> RunningProcess {
    let cluster = try PostgreSQLCluster.shared()
    let holder = try cluster.session("BEGIN; LOCK TABLE \(table); SELECT pg_sleep(3600)", at: database.url)
    try holder.waitUntil("`\(table)` is locked") {
      try rows("SELECT 1 FROM pg_locks WHERE relation = '\(table)'::regclass AND granted") != []
    }
    return holder
  }

  /// Ends the session that holds a table.
  func release(_ holder: RunningProcess) throws {
    _ = try rows(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE query LIKE 'BEGIN; LOCK TABLE%pg_sleep%' AND datname = current_database() AND pid <> pg_backend_pid()
      """)
    _ = try holder.end()
  }

  /// The text of the revision that is written for what is wanted.
  func autogenerate() throws -> String {
    try run("revision --autogenerate --rev-id aa -m scenario")
    return try run("show aa").output
  }

  /// The rows of a query, values separated by `|`.
  func rows(_ sql: String) throws -> [String] { try database.rows(sql) }

  func versions() throws -> [String] { try rows("SELECT version_num FROM alembic_version") }
}
