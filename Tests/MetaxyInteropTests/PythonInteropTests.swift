import Foundation
import MetaxyConfiguration
import MetaxyProject
import Testing

/// Python's Metaxy as the peer, from the package index: without network these tests fail.
struct PythonInteropTests {
  /// A configuration of `init` in a file of its own, and in a `pyproject.toml`.
  @Test(arguments: ["metaxy.toml", "pyproject.toml"])
  func configurationOfInitIsReadByMetaxy(file: String) throws {
    let directory = try MetaxyPython.directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let project = directory.appendingPathComponent("video pipeline")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    if file == "pyproject.toml" {
      try "[project]\nname = \"x\"\n".write(to: project.appendingPathComponent(file), atomically: true, encoding: .utf8)
    }
    _ = try Project.initialise(in: project.path, environment: [:], overrides: .init(configFile: file))
    let read = try MetaxyPython.read(
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
    let directory = try MetaxyPython.directory()
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
    let read = try MetaxyPython.read(
      """
      "project": config.project, "entrypoints": config.entrypoints, "length": config.hash_truncation_length,
      """, in: below, variables: variables)
    let ours = try Project.load(from: below.path, environment: variables)
    #expect(
      read == [
        "project": ours.configuration.project, "entrypoints": ours.entrypoints.map(\.text),
        "length": ours.configuration.hashTruncationLength ?? 0,
      ])
    #expect(ours.configuration.project == "p-q-")
  }
}
