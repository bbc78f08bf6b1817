import Foundation
import MetaxyTestSupport
import Testing

/// Schemas of whole applications: what metaxy creates from a file is what `psql` or `sqlite3` creates from it, and a
/// downgrade removes it again. Extensions, domains and functions are there before, from the file `.before.sql`.
@Suite(.timed) struct WholeSchemaTests {
  struct Schema: Sendable, CustomStringConvertible {
    let engine: Engine
    let name: String
    var description: String { "\(name) of \(engine.rawValue)" }

    func text(_ suffix: String = "") throws -> String? {
      let path = "\(Schema.directory)/\(engine.rawValue)/\(name)\(suffix).sql"
      return FileManager.default.fileExists(atPath: path) ? try String(contentsOfFile: path, encoding: .utf8) : nil
    }

    static let directory = "\(Repository.fixtures)/schemas"
    static let all = Engine.allCases.flatMap { engine in
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(engine.rawValue)")) ?? []
      return files.filter { $0.hasSuffix(".sql") && !$0.hasSuffix(".before.sql") }.sorted()
        .map { Schema(engine: engine, name: String($0.dropLast(4))) }
    }
  }

  @Test func schemasAreThere() {
    #expect(Schema.all.count { $0.engine == .postgresql } == 9)
    #expect(Schema.all.count { $0.engine == .sqlite } == 6)
  }

  @Test(arguments: Schema.all)
  func aSchemaIsCreatedAsItsEngineCreatesItAndRemovedAgain(_ schema: Schema) throws {
    let text = try #require(try schema.text())
    let project = try EntrypointProject(text, on: schema.engine)
    try PartialServer.requireParts(of: text, named: "\(schema)", on: project.database)
    if let before = try schema.text(".before") { try project.database.rows(before) }
    let start = schema.engine == .postgresql ? try catalog(of: project.database) : []

    try project.run("revision --autogenerate -m one", status: 0)
    try project.run("upgrade head", status: 0)
    let check = try project.run("check", status: 0)
    #expect(check.output.hasPrefix("in sync"), "\(check.output)")
    let again = try project.run("revision --autogenerate -m two", status: 0)
    #expect(again.output.contains("no changes detected"), "\(again.output)")

    let original = try EmptyDatabase(on: schema.engine)
    try original.rows(withoutTablesOfTheEngine(text))
    let created = try differences(catalog(of: project.database), from: catalog(of: original))
    #expect(created == [], "\(created.joined(separator: "\n"))")

    try project.run("downgrade base --allow-destructive", status: 0)
    let left = try differences(catalog(of: project.database), from: start)
    #expect(left == [], "\(left.joined(separator: "\n"))")
  }

  private func withoutTablesOfTheEngine(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("CREATE TABLE sqlite_") }
      .joined(separator: "\n")
  }

  private func differences(_ lines: [String], from expected: [String]) -> [String] {
    lines.difference(from: expected).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
  }

  /// The catalog without views, triggers and virtual tables, which are not managed, and without the version tables.
  private func catalog(of database: EmptyDatabase) throws -> [String] {
    let unmanaged: [String]
    let lines: [String]
    switch database.engine {
    case .postgresql:
      unmanaged = ["CREATE VIEW", "CREATE TRIGGER"]
      lines = try dump(of: database)
    case .sqlite:
      unmanaged = ["view|", "trigger|", "vtab|"]
      lines = try SQLiteSignature.lines(of: [try #require(database.path)])[0].filter { !$0.contains("_fts") }
    }
    return lines.filter { line in !unmanaged.contains { line.hasPrefix($0) } }
  }

  /// The statements of `pg_dump`, sorted.
  private func dump(of database: EmptyDatabase) throws -> [String] {
    let program = try PostgreSQLCluster.shared().programs.map { "\($0)/pg_dump" } ?? "pg_dump"
    let run = try ChildProcess(
      [program, "--schema-only", "--no-owner", "--exclude-table=alembic_version*", database.url], directory: "/")
    try #require(run.status == 0, "\(run.errors)")
    let settings = ["--", "\\", "SET ", "SELECT pg_catalog."]
    var statements = [""]
    for line in run.output.split(separator: "\n") where !settings.contains(where: { line.hasPrefix($0) }) {
      statements[statements.count - 1] += line + "\n"
      if line.hasSuffix(";") { statements.append("") }
    }
    return statements.filter { !$0.isEmpty }.sorted()
  }
}
