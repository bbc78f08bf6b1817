import Foundation
import MetaxyProject
import Testing

/// Python's Metaxy as the peer, from the package index: without network these tests fail.
struct PythonInteropTests {
  /// A configuration of `init` in a file of its own, and in a `pyproject.toml`.
  @Test(arguments: ["metaxy.toml", "pyproject.toml"])
  func configurationOfInitIsReadByMetaxy(file: String) throws {
    let directory = try Self.directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let project = directory.appendingPathComponent("video pipeline")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    if file == "pyproject.toml" {
      try "[project]\nname = \"x\"\n".write(to: project.appendingPathComponent(file), atomically: true, encoding: .utf8)
    }
    _ = try Project.initialise(in: project.path, environment: [:], overrides: .init(configFile: file))
    let read = try Self.read(
      """
      "project": config.project, "store": config.store, "entrypoints": config.entrypoints,
      "stores": len(config.stores), "sqlmodel": config.ext["sqlmodel"].enable,
      "migrations": config.ext["migrations"].model_dump(), "file": config.config_file.name,
      """, in: project)
    let expected: NSDictionary = [
      "project": "video_pipeline", "store": "dev", "entrypoints": ["Sources"], "stores": 0, "sqlmodel": true,
      "migrations": [
        "enable": false, "directory": "migrations", "system_directory": ".metaxy/alembic-system",
        "stores": ["dev": ["url": "sqlite:///metaxy.db"]],
      ] as NSDictionary,
      "file": file,
    ]
    #expect(read == expected)
  }

  /// Which file counts, and what fills its places, when both read it.
  @Test func fileIsFoundAndFilledAsMetaxyDoes() throws {
    let directory = try Self.directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let below = directory.appendingPathComponent("a/b")
    try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
    let text = """
      [tool.metaxy]
      project = "${P}-${Q:-q}-${EMPTY:-e}"
      entrypoints = ["$${P}", "$P", "${Q:-}", "${Q:-a-b}"]
      hash_truncation_length = "${LENGTH:-12}"
      """
    let files = ["metaxy.toml": "project = 'top'", "a/pyproject.toml": text, "a/b/pyproject.toml": "[tool.metaxy]"]
    for (name, text) in files {
      try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let variables = ["P": "p", "EMPTY": ""]
    let read = try Self.read(
      """
      "project": config.project, "entrypoints": config.entrypoints, "length": config.hash_truncation_length,
      """, in: below, variables: variables)
    let ours = try Project.load(from: below.path, environment: variables).configuration
    #expect(
      read == [
        "project": ours.project, "entrypoints": ours.entrypoints.map(\.text), "length": ours.hashTruncationLength ?? 0,
      ])
    #expect(ours.project == "p-q-")
  }

  // MARK: - Python

  private static func directory() throws -> URL {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("metaxy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return directory
  }

  /// A Python that has Metaxy, installed once for all tests.
  private static let python: Result<String, any Error> = Result {
    let directory = try PythonInteropTests.directory()
    atexit { if let python = try? PythonInteropTests.python.get() { PythonInteropTests.removeVenv(of: python) } }
    let venv = directory.appendingPathComponent("venv").path
    try run("/usr/bin/env", ["python3", "-m", "venv", venv], in: directory)
    try run(
      "\(venv)/bin/pip", ["install", "--quiet", "--disable-pip-version-check", "metaxy>=0.1,<0.2"], in: directory)
    return "\(venv)/bin/python"
  }

  private static func removeVenv(of python: String) {
    let venv = URL(fileURLWithPath: python).deletingLastPathComponent().deletingLastPathComponent()
    try? FileManager.default.removeItem(at: venv.deletingLastPathComponent())
  }

  /// What Metaxy reads in a directory: the members of a dictionary, in terms of `config`.
  private static func read(
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

  /// Runs a program, without the `METAXY_*` variables of whoever runs the tests, and returns its output.
  @discardableResult
  private static func run(
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
}
