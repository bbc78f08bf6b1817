import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport

/// A project of features for one engine, whose database is copied before each run that is to be killed.
final class CrashProject {
  let engine: Engine
  private let project: BuiltProject
  private let directory: TemporaryDirectory
  private var copies = 0

  init(on engine: Engine) throws {
    self.engine = engine
    directory = try TemporaryDirectory()
    project = try BuiltProject(
      """
      entrypoints = ["Features.swift"]

      [ext.migrations.stores.dev]
      url = "${DATABASE}"
      """)
  }

  /// An empty database.
  func database() throws -> String {
    switch engine {
    case .sqlite: return try newFile()
    case .postgresql: return try PostgreSQLCluster.shared().database()
    }
  }

  private func newFile() throws -> String {
    copies += 1
    return "\(directory.path)/\(copies).db"
  }

  /// A copy of a database to which nobody is connected.
  func copy(of database: String) throws -> String {
    switch engine {
    case .sqlite:
      let copy = try newFile()
      let run = try ChildProcess(["cp", database, copy], directory: directory.path)
      guard run.status == 0 else { throw ChildProcessFailure(reason: run.errors) }
      return copy
    case .postgresql:
      let cluster = try PostgreSQLCluster.shared()
      let copy = try cluster.database()
      let (old, new) = (try name(of: database), try name(of: copy))
      _ = try cluster.query(
        "DROP DATABASE \(new);\nCREATE DATABASE \(new) TEMPLATE \(old);", at: cluster.url)
      return copy
    }
  }

  private func name(of url: String) throws -> Substring {
    guard let name = url.split(separator: "/").last?.split(separator: "?").first else {
      throw ChildProcessFailure(reason: "`\(url)` has no database")
    }
    return name
  }

  func drop(_ database: String) throws {
    switch engine {
    case .sqlite: try Files.remove(database)
    case .postgresql: try PostgreSQLCluster.shared().drop(database)
    }
  }

  func write(_ source: String) throws { try project.write(source, to: "Features.swift") }

  func revision(_ name: String, after parent: String, _ sections: String) throws {
    try project.revision(name, after: parent, sections)
  }

  /// Runs the command on a database.
  ///
  /// - Parameter statement: the number of the statement before which it kills itself.
  @discardableResult
  func run(_ words: String, on database: String, killedAt statement: Int? = nil) throws -> ChildProcess {
    var variables = ["DATABASE": engine == .sqlite ? "sqlite:///\(database)" : database]
    if let statement { variables["METAXY_TEST_KILL_AT_STATEMENT"] = String(statement) }
    return try project.run(words, variables)
  }

  func start(_ words: String, on database: String) throws -> RunningProcess {
    try project.start(words, ["DATABASE": engine == .sqlite ? "sqlite:///\(database)" : database])
  }

  func rows(_ sql: String, on database: String) throws -> [String] {
    switch engine {
    case .sqlite:
      return try DatabaseFile(path: database).run(sql).map { $0.map { $0 ?? "NULL" }.joined(separator: "|") }
    case .postgresql:
      return try PostgreSQLCluster.shared().query(sql, at: database).split(separator: "\n").map(String.init)
    }
  }

  /// The catalog and all rows, without metaxy's tables.
  func content(of database: String) throws -> CrashContent {
    switch engine {
    case .sqlite:
      let tables = try rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%' ORDER BY 1",
        on: database)
      let content = try tables.flatMap { table in
        let columns = try rows("SELECT name FROM pragma_table_xinfo('\(table)') ORDER BY 1", on: database)
        let values = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
        return try rows("SELECT '\(table) ' || \(values) FROM \"\(table)\" ORDER BY 1", on: database)
      }
      return CrashContent(catalog: try SQLiteSignature.lines(of: [database])[0], rows: content)
    case .postgresql:
      let tables = try rows(
        """
        SELECT c.oid::regclass FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.oid >= 16384 AND c.relname NOT LIKE 'alembic%' AND n.nspname !~ '^pg_' ORDER BY 1
        """, on: database)
      let queries = tables.map { "SELECT '\($0) ' || to_jsonb(t)::text FROM \($0) AS t ORDER BY 1;" }
      // An index that no query uses is in no signature.
      let invalid = try rows(
        "SELECT 'invalid ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid", on: database)
      return CrashContent(
        catalog: try PostgreSQLSignature.lines(at: database).filter { !$0.contains("alembic_version") } + invalid,
        rows: queries.isEmpty ? [] : try rows(queries.joined(separator: "\n"), on: database))
    }
  }

  /// The content of the version table.
  func version(of database: String) throws -> [String] {
    try rows("SELECT version_num FROM alembic_version ORDER BY 1", on: database)
  }
}

/// What a database holds besides metaxy's tables.
struct CrashContent: Equatable {
  var catalog: [String]
  var rows: [String]

  /// The lines in which two contents differ.
  func difference(from other: CrashContent) -> [String] {
    Set(catalog + rows).symmetricDifference(other.catalog + other.rows).sorted()
  }
}
