import MetaxyErrors
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport

/// A SQLite file with revisions in SQL that run on it. Tests inspect it independently of the code under test.
final class ScratchStore {
  static let lexicons: Lexicons = ["sqlite": .sqlite]

  let path: String
  let database: SQLiteDatabase
  var policy = AccessPolicy { _ in nil }
  private var files: [RevisionFile] = []

  init(_ sql: String = "") throws {
    path = "\(try TemporaryDirectory.untilExit())/a.db"
    database = SQLiteDatabase(path: path, displayName: "a.db")
    if !sql.isEmpty { _ = try rows(sql) }
  }

  /// Adds a revision after the last one, or puts another text in its place.
  func revision(_ name: String, _ sections: String) throws {
    let place = files.firstIndex { $0.revision == name }
    let parent = (place.map { files[..<$0] } ?? files[...]).last?.revision ?? ""
    let text = "-- \(name)\n--\n-- Revision: \(name)\n-- Revises: \(parent)\n\n\(sections)\n"
    let file = try RevisionFile(parsing: text, path: "versions/\(name).sql", lexicons: Self.lexicons)
    if let place { files[place] = file } else { files.append(file) }
  }

  @discardableResult
  func upgrade(
    _ target: String = "head", allowsLoss: Bool = false, on connection: (any Connection)? = nil
  ) throws -> [AppliedRevision] {
    let graph = try RevisionGraph(files.map(\.node))
    return try run(try graph.plan(upgradeTo: target, current: try versions()), allowsLoss, connection)
  }

  @discardableResult
  func downgrade(_ target: String = "-1", allowsLoss: Bool = false) throws -> [AppliedRevision] {
    let graph = try RevisionGraph(files.map(\.node))
    return try run(try graph.plan(downgradeTo: target, current: try versions()), allowsLoss, nil)
  }

  private func run(
    _ plan: RevisionPlan, _ allowsLoss: Bool, _ connection: (any Connection)?
  ) throws -> [AppliedRevision] {
    let runner = Runner(
      database: database, connection: try connection ?? database.openForWriting(),
      environment: RunnerEnvironment(versionTable: "alembic_version", policy: policy), allowsLoss: allowsLoss,
      toolVersion: "9.9", lexicons: Self.lexicons)
    var applied: [AppliedRevision] = []
    try runner.run(
      plan.steps.compactMap { step in files.first { $0.revision == step.revision }.map { RunStep($0, step) } }
    ) { applied.append($0) }
    return applied
  }

  /// The error that an upgrade or a downgrade ends with.
  func failure(_ body: () throws -> Void) -> MetaxyError? {
    do {
      try body()
      return nil
    } catch {
      return error as? MetaxyError
    }
  }

  func versions() throws -> Set<String> {
    guard try !rows("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").isEmpty else { return [] }
    return Set(try rows("SELECT version_num FROM alembic_version").compactMap { $0[0] })
  }

  func tables() throws -> [String?] {
    try rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%' ORDER BY 1").map {
      $0[0]
    }
  }

  /// The log's rows, these columns of them.
  func log(_ columns: String) throws -> [[String?]] {
    try rows("SELECT \(columns) FROM alembic_version_log ORDER BY id")
  }

  func rows(_ sql: String) throws -> [[String?]] { try DatabaseFile(path: path).run(sql) }
}
