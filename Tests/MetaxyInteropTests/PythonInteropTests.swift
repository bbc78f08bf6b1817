import Foundation
import MetaxyProject
import Testing

/// Python's Metaxy as the peer, from the package index: without network these tests fail.
struct PythonInteropTests {
  @Test func configurationOfInitIsReadByMetaxy() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("metaxy-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let project = directory.appendingPathComponent("video pipeline")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    _ = try Project.initialise(in: project.path, environment: [:])

    let venv = directory.appendingPathComponent("venv").path
    try run("/usr/bin/env", ["python3", "-m", "venv", venv], in: project)
    try run("\(venv)/bin/pip", ["install", "--quiet", "--disable-pip-version-check", "metaxy>=0.1,<0.2"], in: project)
    let script = """
      import json, warnings
      warnings.simplefilter("error")  # an incomplete store is only warned about
      from metaxy.config import MetaxyConfig
      config = MetaxyConfig.load()
      print(json.dumps({
          "project": config.project, "store": config.store, "entrypoints": config.entrypoints,
          "stores": len(config.stores), "sqlmodel": config.ext["sqlmodel"].enable,
          "migrations": config.ext["migrations"].model_dump(),
      }))
      """
    let output = try run("\(venv)/bin/python", ["-c", script], in: project)
    let read = try #require(try JSONSerialization.jsonObject(with: output) as? NSDictionary)
    let expected: NSDictionary = [
      "project": "video_pipeline", "store": "dev", "entrypoints": ["Sources"], "stores": 0, "sqlmodel": true,
      "migrations": [
        "enable": false, "directory": "migrations", "system_directory": ".metaxy/alembic-system",
        "stores": ["dev": ["url": "sqlite:///metaxy.db"]],
      ] as NSDictionary,
    ]
    #expect(read == expected)
  }

  private struct Failure: Error {
    var command: String
  }

  /// Runs a program, without the `METAXY_*` variables of whoever runs the tests, and returns its output.
  @discardableResult
  private func run(_ program: String, _ arguments: [String], in directory: URL) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("METAXY_") }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(command: "\(program) \(arguments.prefix(3).joined(separator: " ")) failed")
    }
    return data
  }
}
