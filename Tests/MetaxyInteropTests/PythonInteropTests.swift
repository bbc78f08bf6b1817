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

  /// One file for both: Python's modules and Swift's sources, stores in Metaxy's form, `extend`, variables of both.
  @Test func sharedConfigurationIsReadByBoth() throws {
    let directory = try MetaxyPython.directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let files = [
      "base.toml": """
      project = "base"
      entrypoints = ["shop.base"]
      hash_truncation_length = 16
      [stores.dev]
      type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
      config = { connection_string = "postgresql://base/base", hash_algorithm = "md5" }
      [stores.prod]
      type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
      config = { connection_params = { host = "${HOST:-db}", port = 5433, database = "shop" } }
      [ext.migrations]
      directory = "from-base"
      """,
      "metaxy.toml": """
      extend = "base.toml"
      project = "shop"
      entrypoints = ["shop.features"]
      [stores.dev]
      type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
      config = { connection_string = "postgresql://db/shop/app", hash_algorithm = "sha256" }
      [ext.migrations]
      entrypoints = ["Sources"]
      [ext.sqlmodel]
      enable = false
      [ext.other]
      anything = 1
      """,
    ]
    for (name, text) in files {
      try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let variables = [
      "METAXY_EXT__MIGRATIONS__ENTRYPOINTS": "[\"Sources/A\", \"Sources/B\"]",
      "METAXY_ENTRYPOINT_MORE": "shop.more", "METAXY_STORES__DEV__CONFIG": "{\"hash_algorithm\": \"md5\"}",
    ]
    for set in [[:], variables] {
      let read = try MetaxyPython.read(
        """
        "project": config.project, "entrypoints": config.entrypoints, "length": config.hash_truncation_length,
        "stores": {name: store.config for name, store in config.stores.items()},
        "algorithm": config.stores["dev"].config["hash_algorithm"],
        """, in: directory, variables: set)
      let ours = try Project.load(from: directory.path, environment: set)
      #expect(read["project"] as? String == ours.configuration.project)
      #expect(read["length"] as? Int == ours.configuration.hashTruncationLength)
      #expect(read["entrypoints"] as? [String] == ["shop.base", "shop.features"])
      #expect(ours.entrypoints.map(\.text) == (set.isEmpty ? ["Sources"] : ["Sources/A", "Sources/B"]))
      #expect(read["algorithm"] as? String == (try ours.store(named: "dev").hashAlgorithm))
      let stores = try #require(read["stores"] as? NSDictionary)
      let dev = try #require(stores["dev"] as? NSDictionary)
      #expect(dev["connection_string"] as? String == "postgresql://db/shop/app")
      #expect(try ours.store(named: "dev").url.target == "postgresql://db/shop?options=-csearch_path%3Dapp")
      let prod = try #require((stores["prod"] as? NSDictionary)?["connection_params"] as? NSDictionary)
      #expect(prod == ["host": "db", "port": 5433, "database": "shop"])
      #expect(try ours.store(named: "prod").url.target == "host=db port=5433 dbname=shop")
      #expect(ours.migrations.directory == "migrations")
    }
  }
}
