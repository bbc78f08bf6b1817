import Foundation
import Testing

/// Python's Metaxy, from the package index: without network what asks it fails.
enum MetaxyPython {
  static func directory() throws -> URL {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("metaxy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return directory
  }

  /// A Python that has Metaxy and SQLModel, installed once for all tests.
  private static let python: Result<String, any Error> = Result {
    let directory = try MetaxyPython.directory()
    atexit { if let python = try? MetaxyPython.python.get() { MetaxyPython.removeVenv(of: python) } }
    let venv = directory.appendingPathComponent("venv").path
    try run("/usr/bin/env", ["python3", "-m", "venv", venv], in: directory)
    try run(
      "\(venv)/bin/pip",
      ["install", "--quiet", "--disable-pip-version-check", "metaxy>=0.1,<0.2", "sqlmodel", "psycopg[binary]"],
      in: directory)
    return "\(venv)/bin/python"
  }

  private static func removeVenv(of python: String) {
    let venv = URL(fileURLWithPath: python).deletingLastPathComponent().deletingLastPathComponent()
    try? FileManager.default.removeItem(at: venv.deletingLastPathComponent())
  }

  /// What Metaxy reads in a directory: the members of a dictionary, in terms of `config`.
  static func read(
    _ members: String, in directory: URL, variables: [String: String] = [:]
  ) throws -> NSDictionary {
    let script = """
      import json, warnings
      warnings.simplefilter("error")  # an incomplete store is only warned about
      from metaxy.config import MetaxyConfig
      config = MetaxyConfig.load()
      print(json.dumps({
      \(members)
      }))
      """
    let output = try run(try python.get(), ["-c", script], in: directory, variables: variables)
    return try #require(try JSONSerialization.jsonObject(with: output) as? NSDictionary)
  }

  private struct Failure: Error {
    var command: String
  }

  /// Runs a program without the caller's `METAXY_*` variables, and returns its output.
  @discardableResult
  static func run(
    _ program: String, _ arguments: [String], in directory: URL, variables: [String: String] = [:]
  ) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("METAXY_") }
      .merging(variables) { $1 }
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

  /// Runs a script of `Tests/Fixtures` in a directory, and returns the JSON that it prints.
  static func answer(of script: String, _ arguments: [String], in directory: URL) throws -> NSDictionary {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures")
    let output = try run(
      try python.get(), [fixtures.appendingPathComponent(script).path] + arguments, in: directory)
    return try #require(try JSONSerialization.jsonObject(with: output) as? NSDictionary)
  }
}
