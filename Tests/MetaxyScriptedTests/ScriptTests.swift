import Foundation
import MetaxyTestSupport
import Testing

/// Every file of `Tests/Scripts`, run against the built `metaxy`.
@Suite struct ScriptTests {
  static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scripts")

  static let names: [String] = {
    do {
      return try Script.all(in: directory.path).map { URL(fileURLWithPath: $0).lastPathComponent }
    } catch {
      return []  // `scriptsAreFound` tells
    }
  }()

  /// Where Python itself is: the `python3` of the search path may be a wrapper that takes long to start.
  static let python: String = {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import os, sys; print(os.path.dirname(sys.executable), end='')"]
    process.standardOutput = output
    do {
      try process.run()
    } catch {
      return "/usr/bin"
    }
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }()

  @Test func scriptsAreFound() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names)
  func script(_ name: String) throws {
    let path = Self.directory.appendingPathComponent(name).path
    do {
      let runner = try ScriptRunner(
        programs: [
          Self.directory.appendingPathComponent("bin").path, BuiltProgram.directory(of: "metaxy"), Self.python,
        ],
        path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      try runner.run(Script(at: path))
    } catch let failure as ScriptFailure {
      // The failure points at the script's own line.
      let place = SourceLocation(fileID: "Scripts/\(name)", filePath: failure.path, line: failure.line, column: 1)
      Issue.record(Comment(rawValue: failure.message), sourceLocation: place)
    }
  }
}
