import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyPostgreSQLDriver
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySchema

/// A PostgreSQL database with revisions in SQL, run as the command runs them: under the lock, with a plan from the
/// version table.
struct RevisionStore: Sendable {
  static let lexicons: Lexicons = ["postgresql": .postgresql]

  let scratch: ScratchDatabase
  var timeouts = PostgreSQLTimeouts(lock: 2000)
  var policy = AccessPolicy { _ in nil }
  var versionTable: TableName = "alembic_version"
  private var files: [RevisionFile] = []

  init(_ sql: String = "") throws { scratch = try ScratchDatabase(sql) }

  /// Adds a revision after the last one.
  mutating func revision(_ name: String, _ sections: String) throws {
    let text = "-- \(name)\n--\n-- Revision: \(name)\n-- Revises: \(files.last?.revision ?? "")\n\n\(sections)\n"
    files.append(try RevisionFile(parsing: text, path: "versions/\(name).sql", lexicons: Self.lexicons))
  }

  /// - Parameters:
  ///   - database: the database, if it is reached otherwise than usual.
  ///   - around: puts something around the connection that the run works on.
  @discardableResult
  func upgrade(
    on database: PostgreSQLDatabase? = nil, allowsLoss: Bool = true, waiting: (String) -> Void = { _ in },
    around: (any Connection) -> any Connection = { $0 }
  ) throws(MetaxyError) -> [AppliedRevision] {
    let database = database ?? scratch.database(timeouts: timeouts)
    let lock = try database.lock(waiting: waiting)
    defer { lock.release() }
    let connection = around(try database.openForWriting(under: lock))
    let versions = VersionTable(versionTable, dialect: database.dialect)
    let graph = try RevisionGraph(files.map(\.node))
    let plan = try graph.plan(upgradeTo: "head", current: try versions.revisions(connection))
    let runner = Runner(
      database: database, connection: connection,
      environment: RunnerEnvironment(versionTable: versionTable, policy: policy), allowsLoss: allowsLoss,
      toolVersion: "9.9", lexicons: Self.lexicons)
    var applied: [AppliedRevision] = []
    try runner.run(
      plan.steps.compactMap { step in files.first { $0.revision == step.revision }.map { RunStep($0, step) } }
    ) { applied.append($0) }
    return applied
  }

  /// The version, the application's tables, and whether a lock is left.
  func state() throws -> [String] {
    try scratch.rows(
      """
      SELECT coalesce(string_agg(relname, ',' ORDER BY relname), '') FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'alembic%'
      UNION ALL SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory' AND
        database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """)
  }

  func versions() throws -> [String] {
    guard try scratch.rows("SELECT to_regclass('alembic_version')") != [""] else { return [] }
    return try scratch.rows("SELECT version_num FROM alembic_version ORDER BY 1")
  }
}
