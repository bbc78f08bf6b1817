import Foundation
import MetaxyTestSupport
import Testing

/// Every file of `Tests/EndToEnd`, run against the built `metaxy`.
@Suite(.timed) struct ScriptTests {
  static let directory = URL(filePath: "\(Repository.root)/Tests/EndToEnd")

  /// A script, and the engine that it is to run on.
  struct Run: Sendable, CustomTestStringConvertible {
    var name: String
    var engine: Engine

    var path: String { ScriptTests.directory.appendingPathComponent(name).path }
    var testDescription: String { "\(name) on \(engine.rawValue)" }
  }

  /// Every script on every engine that it makes sense on; `METAXY_TEST_SCRIPTS=guide,json` chooses some.
  static let runs: [Run] = {
    do {
      let wanted = ProcessInfo.processInfo.environment["METAXY_TEST_SCRIPTS"]?.split(separator: ",").map {
        "\($0).script"
      }
      let names = try Script.all(in: directory.path).map { URL(fileURLWithPath: $0).lastPathComponent }
      return names.filter { wanted?.contains($0) ?? true }.filter(isRunnable).flatMap { name in
        engines(of: name).map { Run(name: name, engine: $0) }
      }
    } catch {
      return []  // `scriptsAreFound` reports it
    }
  }()

  /// Whether the server knows what a script takes for granted: which roles it asks for a password is known of our own.
  private static func isRunnable(_ name: String) -> Bool {
    name != "wrong-password.script" || ProcessInfo.processInfo.environment["METAXY_TEST_POSTGRESQL_URL"] == nil
  }

  /// Returns the engines of a script; a script that cannot be read, or that gives no reason for leaving an engine out,
  /// fails on all.
  private static func engines(of name: String) -> [Engine] {
    let path = directory.appendingPathComponent(name).path
    return (try? Script.engines(of: String(contentsOfFile: path, encoding: .utf8), path: path)) ?? Engine.allCases
  }

  @Test func scriptsAreFound() { #expect(!Self.runs.isEmpty) }

  @Test(arguments: runs)
  func script(_ run: Run) throws {
    do {
      let text = try String(contentsOfFile: run.path, encoding: .utf8)
      _ = try Script.engines(of: text, path: run.path)
      let programs = Self.directory.appendingPathComponent("bin")
      let runner = try ScriptRunner(
        on: run.engine,
        programs: [
          programs.appendingPathComponent(run.engine.rawValue).path, programs.path,
          BuiltProgram.directory(of: "metaxy"), Python.directory(),
        ],
        path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      try runner.run(Script(text, path: run.path, on: run.engine))
    } catch let failure as ScriptFailure {
      // The failure points at the script's own line.
      let place = SourceLocation(
        fileID: "EndToEnd/\(run.name)", filePath: failure.path, line: failure.line, column: 1)
      Issue.record(Comment(rawValue: "on \(run.engine.rawValue): \(failure.message)"), sourceLocation: place)
    }
  }
}
