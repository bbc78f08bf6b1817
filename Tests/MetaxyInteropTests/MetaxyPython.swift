import Foundation
import MetaxyTestSupport
import Testing

/// Python's Metaxy, from the package index: without network what asks it fails.
enum MetaxyPython {
  /// A directory of a test, which is removed when the tests end.
  static func directory() throws -> URL { URL(filePath: try TemporaryDirectory.untilExit()) }

  /// A Python that has Metaxy and SQLModel, installed once for all tests.
  private static let python = Result {
    // Ibis 12 writes statements without the name of a table with a later sqlglot.
    try python(
      with: [
        "metaxy>=0.1,<0.2", "sqlmodel", "psycopg[binary]", "jsonschema", "alembic", "ibis-framework[postgres]>=11,<13",
        "sqlglot<29",
      ])
  }

  /// A Python with what the stores of Metaxy's first releases call. These releases are in no package index:
  /// `METAXY_SEED_SOURCE` is a directory with their sources, or a URL that pip installs from.
  private static let seed = Result {
    let source = ProcessInfo.processInfo.environment["METAXY_SEED_SOURCE"].map {
      $0.hasPrefix("/") ? "\($0)[ibis,sqlmodel]" : "metaxy[ibis,sqlmodel] @ \($0)"
    }
    // Ibis 12 writes statements without the name of a table with a later sqlglot.
    return try python(
      with: [
        source ?? "polars", "ibis-framework[sqlite,postgres]>=11,<13", "narwhals", "psycopg[binary]", "sqlglot<29",
      ])
  }

  private static func python(with packages: [String]) throws -> String {
    let directory = try MetaxyPython.directory()
    let venv = directory.appendingPathComponent("venv").path
    try run("python3", ["-m", "venv", venv], in: directory)
    try run(
      "\(venv)/bin/pip", ["install", "--quiet", "--disable-pip-version-check"] + packages, in: directory)
    return "\(venv)/bin/python"
  }

  /// The interpreter.
  static var path: String { get throws { try python.get() } }

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

  /// Validates a file of a directory against the published schema of exported graphs, and that schema itself.
  static func validateGraph(_ file: String, in directory: URL) throws {
    let script = """
      import json, sys
      from jsonschema import Draft202012Validator
      schema, graph = (json.load(open(path)) for path in sys.argv[1:])
      Draft202012Validator.check_schema(schema)
      Draft202012Validator(schema).validate(graph)
      """
    try run(
      try python.get(), ["-c", script, Repository.path("docs/exported-graph.schema.json"), file], in: directory)
  }

  /// Returns the JSON that the store of Metaxy's first releases gives for a job.
  static func seedStore(_ arguments: [String], in directory: URL) throws -> NSDictionary {
    let output = try run(
      try seed.get(), ["\(Repository.fixtures)/metaxy_seed_store.py"] + arguments, in: directory)
    return try #require(try JSONSerialization.jsonObject(with: output) as? NSDictionary)
  }

  /// Runs a script of `Tests/Fixtures` in a directory, and returns the JSON that it prints.
  static func answer(of script: String, _ arguments: [String], in directory: URL) throws -> NSDictionary {
    let output = try run(
      try python.get(), ["\(Repository.fixtures)/\(script)"] + arguments, in: directory)
    return try #require(try JSONSerialization.jsonObject(with: output) as? NSDictionary)
  }
}
