import Foundation
import MetaxyTestSupport
import Testing

/// Dumps of databases as they are, `pg_dump --schema-only` and `.schema` of `sqlite3`, are entrypoints.
@Suite(.timed) struct DumpTests {
  struct Dump: Sendable, CustomStringConvertible {
    let engine: Engine
    let name: String
    var description: String { "\(name) of \(engine.rawValue)" }

    func text(_ suffix: String = "") throws -> String? {
      let path = "\(Dump.directory)/\(engine.rawValue)/\(name)\(suffix).sql"
      return FileManager.default.fileExists(atPath: path) ? try String(contentsOfFile: path, encoding: .utf8) : nil
    }

    static let directory = "\(Repository.fixtures)/dumps"
    static let all = Engine.allCases.flatMap { engine in
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(engine.rawValue)")) ?? []
      return files.filter { $0.hasSuffix(".sql") && !$0.hasSuffix(".before.sql") }.sorted()
        .map { Dump(engine: engine, name: String($0.dropLast(4))) }
    }
  }

  @Test func dumpsAreThere() {
    #expect(Dump.all.count { $0.engine == .postgresql } == 13)
    #expect(Dump.all.count { $0.engine == .sqlite } == 3)
  }

  /// A dump without statements about roles and languages that are not there, and without the tables of the engine.
  private func portable(_ text: String) -> String {
    let absent = ["OWNER TO", "AUTHORIZATION", "default_with_oids", "PROCEDURAL", "GRANT", "REVOKE"]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      !absent.contains { line.contains($0) } && !line.hasPrefix("CREATE TABLE sqlite_")
    }
    return lines.joined(separator: "\n").replacingOccurrences(of: "LANGUAGE plperl", with: "LANGUAGE plpgsql")
      .replacingOccurrences(of: "spin_row();", with: "BEGIN RETURN NEW; END")
  }

  @Test(arguments: Dump.all)
  func theDatabaseOfADumpIsInSyncWithIt(_ dump: Dump) throws {
    let text = try #require(try dump.text())
    let project = try EntrypointProject(text, on: dump.engine)
    try PartialServer.requireParts(of: text, named: "\(dump)", on: project.database)
    try project.database.rows(portable(text))
    let run = try project.run("check", status: 0)
    #expect(run.output.hasPrefix("in sync"), "\(run.output)")
  }

  @Test(arguments: Dump.all)
  func aDumpMakesItsTablesInAnEmptyDatabase(_ dump: Dump) throws {
    let text = try #require(try dump.text())
    let project = try EntrypointProject(text, on: dump.engine)
    try PartialServer.requireParts(of: text, named: "\(dump)", on: project.database)
    if let before = try dump.text(".before") { try project.database.rows(before) }
    try project.run("revision --autogenerate -m one", status: 0)
    try project.run("upgrade", status: 0)
    try project.run("check", status: 0)
    let again = try project.run("revision --autogenerate -m two", status: 0)
    #expect(again.output.contains("no changes detected"), "\(again.output)")

    let original = try EmptyDatabase(on: dump.engine)
    try original.rows(portable(text))
    #expect(try catalog(of: project.database) == catalog(of: original))
  }

  /// The catalog without objects that are not managed, and without the version tables.
  private func catalog(of database: EmptyDatabase) throws -> [String] {
    let lines =
      switch database.engine {
      case .postgresql: try PostgreSQLSignature.lines(at: database.url)
      case .sqlite: try SQLiteSignature.lines(of: [try #require(database.path)])[0]
      }
    let unmanaged = ["rls|", "view|", "domain|", "function|", "trigger|", "othercomment|", "vtab|"]
    return lines.filter { line in
      !line.contains("alembic_version") && !unmanaged.contains { line.hasPrefix($0) }
        && !["note_text", "area", " ON public.load "].contains { line.contains($0) }
    }
  }
}
