import Foundation
import MetaxyTestSupport
import Testing

/// Python's Metaxy, from the package index: without network what asks it fails.
enum MetaxyPython {
  /// A directory of a test, which is removed when the tests end.
  static func directory() throws -> URL { URL(filePath: try TemporaryDirectory.untilExit()) }

  /// A Python that has Metaxy and SQLModel, installed once for all tests.
  private static let python = Result {
    let directory = try MetaxyPython.directory()
    let venv = directory.appendingPathComponent("venv").path
    try run("python3", ["-m", "venv", venv], in: directory)
    try run(
      "\(venv)/bin/pip",
      [
        "install", "--quiet", "--disable-pip-version-check", "metaxy>=0.1,<0.2", "sqlmodel", "alembic",
        "psycopg[binary]",
      ],
      in: directory)
    return "\(venv)/bin/python"
  }

  /// The path of that Python.
  static func executable() throws -> String { try python.get() }

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

  /// Runs a program without the caller's `METAXY_*` variables, and returns its output.
  @discardableResult
  static func run(
    _ program: String, _ arguments: [String], in directory: URL, variables: [String: String] = [:]
  ) throws -> Data {
    let run = try ChildProcess(
      [program] + arguments, environment: ChildProcess.machine.merging(variables) { $1 }, directory: directory.path)
    guard run.status == 0 else {
      throw ChildProcessFailure(reason: "\(program) \(arguments.prefix(3).joined(separator: " ")): \(run.errors)")
    }
    return Data(run.output.utf8)
  }

  /// Runs a script of `Tests/Fixtures` in a directory, and returns the JSON that it prints.
  static func answer(of script: String, _ arguments: [String], in directory: URL) throws -> NSDictionary {
    let output = try run(
      try python.get(), ["\(Repository.fixtures)/\(script)"] + arguments, in: directory)
    return try #require(try JSONSerialization.jsonObject(with: output) as? NSDictionary)
  }
}
