import MetaxyConfiguration
import MetaxyErrors
import MetaxyLintRules
import MetaxyProject
import MetaxyTestSupport
import Testing

struct ConfigurationTests {
  @Test func emptyFileGivesTheDefaults() throws {
    let project = try project("")
    let configuration = project.configuration
    #expect(configuration.project == "default")
    #expect(configuration.store == nil)
    #expect(configuration.hashTruncationLength == nil)
    #expect(!configuration.createsTablesAutomatically)
    #expect(!configuration.sqlModel.isEnabled)
    #expect(configuration.sqlModel.infersTableNames)
    #expect(configuration.sqlModel.managesSystemTables)
    #expect(project.migrations.directory == "migrations")
    #expect(project.migrations.systemDirectory == ".metaxy/alembic-system")
    #expect(project.migrations.unmanagedTables == .ignore)
    #expect(project.migrations.dialects == [])
  }

  /// The example of the design.
  private static let everyKey = """
    project = "video_pipeline"
    store = "dev"
    entrypoints = ["Sources/ExampleFeatures"]
    hash_truncation_length = 16
    auto_create_tables = true
    [ext.sqlmodel]
    enable = true
    infer_db_table_names = false
    system_tables = false
    [ext.migrations]
    directory = "a"
    system_directory = "b"
    dialects = ["postgresql"]
    ignore = ["legacy_*", "video.debug"]
    unmanaged_tables = "drop"
    lint = { off = ["PG101", "DS102"], system = { warning = ["PG101"], error = ["MF103"] } }
    lock_timeout = "250ms"
    statement_timeout = "2min"
    version_table = "v"
    system_version_table = "sv"
    scratch_url = "postgresql://host/scratch"
    registry = "Sources/ExampleFeatures/FeatureRegistry.swift"
    registry_imports = ["Words", "_Audio2"]
    file_template = "%(rev)s_%(slug)s"
    timezone = "Europe/Vienna"
    post_write_hooks = ["format --in-place REVISION_SCRIPT_FILENAME", { name = "x", executable = "lint", options = "-l 79" }]
    [ext.migrations.stores.dev]
    url = "sqlite:///metaxy.db"
    [ext.migrations.stores.prod]
    url = "postgresql://metaxy@db.internal/metaxy"
    production = true
    directory = "prod/user"
    system_directory = "prod/system"
    lock_timeout = "1s"
    statement_timeout = "0"
    """

  @Test func everyKeyIsRead() throws {
    let project = try project(Self.everyKey)
    let configuration = project.configuration
    #expect(project.migrations.registry == "Sources/ExampleFeatures/FeatureRegistry.swift")
    #expect(project.migrations.registryImports == ["Words", "_Audio2"])
    #expect(configuration.project == "video_pipeline")
    #expect(project.entrypoints.map(\.text) == ["Sources/ExampleFeatures"])
    #expect(configuration.hashTruncationLength == 16)
    #expect(configuration.createsTablesAutomatically)
    #expect(configuration.sqlModel.isEnabled)
    #expect(!configuration.sqlModel.infersTableNames)
    #expect(!configuration.sqlModel.managesSystemTables)
    let migrations = project.migrations
    #expect(migrations.directory == "a" && migrations.systemDirectory == "b")
    #expect(migrations.dialects == [.postgresql])
    #expect(migrations.ignore == ["legacy_*", "video.debug"])
    #expect(migrations.unmanagedTables == .drop)
    let codes = try ["PG101", "DS102", "MF103"].map { try #require(LintRule.named($0)) }
    #expect(codes.map { migrations.lint[.user]?[$0] } == [.off, .off, nil])
    #expect(codes.map { migrations.lint[.system]?[$0] } == [.warning, .off, .error])
    #expect(configuration.timeouts.lock == 250 && configuration.timeouts.statement == 120_000)
    #expect(migrations.scratchURL?.dialect == .postgresql)
    let environment = try project.environment(.user)
    #expect(environment.versionTable == "v")
    #expect(environment.fileTemplate == "%(rev)s_%(slug)s")
    #expect(environment.timezone == "Europe/Vienna")
    #expect(
      environment.postWriteHooks.map { $0.command(for: "a.sql") } == [
        ["format", "--in-place", "a.sql"], ["lint", "a.sql", "-l", "79"],
      ])
    let production = try project.store(named: "prod")
    #expect(production.isProduction && production.directory == "prod/user")
    #expect(production.timeouts.lock == 1000 && production.timeouts.statement == 0)
    let dev = try project.store()
    #expect(dev.name == "dev" && !dev.isProduction && dev.url.target == "\(project.root)/metaxy.db")
    #expect(dev.timeouts.lock == 250)
  }

  @Test func programsKnowEveryKeyAndNoOther() throws {
    let directory = try TemporaryDirectory()
    try directory.write(Self.everyKey, to: "metaxy.toml")
    let stores = try ConfiguredStores.load(from: directory.path, environment: [:])
    #expect(try stores.store().timeouts == Timeouts(lock: 250, statement: 120_000))
    try directory.write("entrypoint = []\n[ext.migrations]\ntimezne = 'UTC'", to: "metaxy.toml")
    let error = #expect(throws: MetaxyError.self) {
      try ConfiguredStores.load(from: directory.path, environment: [:])
    }
    #expect(
      error?.diagnostics.map(\.message) == [
        "unknown key `entrypoint`: did you mean `entrypoints`?",
        "unknown key `ext.migrations.timezne`: did you mean `timezone`?",
      ])
  }

  @Test func dialectsAreThoseOfTheStores() throws {
    let text = """
      [ext.migrations.stores.a]
      url = "postgresql://h/d"
      [ext.migrations.stores.b]
      url = "sqlite:///d.db"
      [ext.migrations.stores.c]
      url = "sqlite:///e.db"
      """
    #expect(try project(text).migrations.dialects == [.sqlite, .postgresql])
  }

  @Test func enabledIsAcceptedForEnable() throws {
    #expect(try project("ext.sqlmodel.enabled = true").configuration.sqlModel.isEnabled)
    #expect(try failure("[ext.sqlmodel]\nenable = true\nenabled = false") != nil)
  }

  @Test(arguments: ["[ext.sqlmodell]\nenable = true", "[ext.migration]\ndirectory = \"m\""])
  func mistypedExtensionIsRefused(text: String) throws {
    let error = try #require(try failure(text))
    #expect(error.diagnostics.map(\.message).contains { $0.contains("did you mean `[ext.") })
  }

  @Test func keysOfMetaxyAreAcceptedSilently() throws {
    let loaded = try project(
      """
      theme = "dark"
      migrations_dir = ".metaxy/migrations"
      locked = true
      sync = false
      enable_map_datatype = false
      metaxy_lock_path = "metaxy.lock"
      [[extra_features]]
      keys = ["a"]
      [ext.sqlmodel]
      inject_primary_key = true
      inject_index = true
      [ext.dagster]
      whatever = { x = 1 }
      """)
    #expect(loaded.warnings.isEmpty)
  }

  @Test(arguments: ["sqlmodell", "sqlmode", "sqlmdoel", "migration", "migratoins", "SQLMODELS"])
  func extensionsWithinTwoEditsOfOursAreMistyped(name: String) throws {
    let meant = name.lowercased().hasPrefix("s") ? "sqlmodel" : "migrations"
    let error = try #require(try failure("[ext.\(name)]\nx = 1"))
    #expect(error.diagnostics.map(\.message) == ["unknown section `[ext.\(name)]`: did you mean `[ext.\(meant)]`?"])
  }

  @Test(arguments: ["sqlalchemy", "dagster", "migrationsplus", "sql", "mcp", "model"])
  func otherExtensionsAreNotOurs(name: String) throws {
    #expect(try failure("[ext.\(name)]\nx = 1") == nil)
  }

  @Test func everyProblemIsToldAtOnceWithPlaceAndSuggestion() throws {
    let error = try #require(
      try failure(
        """
        projcet = "x"
        store = 3
        hash_truncation_length = 7
        [ext.sqlmodel]
        enble = true
        [ext.migrations]
        lock_timeout = "5 parsecs"
        dialects = ["sqlite", "oracle"]
        unmanaged_tables = "keep"
        [ext.migrations.stores.dev]
        ulr = "sqlite:///a.db"
        [stores.prod]
        tpye = "x"
        """))
    let lines = error.diagnostics.map { "\($0.location.line):\($0.location.column) \($0.message)" }
    #expect(lines.contains("1:1 unknown key `projcet`: did you mean `project`?"))
    #expect(lines.contains("2:9 `store` must be a string, found an integer"))
    #expect(lines.contains("3:26 `hash_truncation_length` must be at least 8, found 7"))
    #expect(lines.contains("5:1 unknown key `ext.sqlmodel.enble`: did you mean `enable`?"))
    #expect(lines.contains { $0.hasPrefix("7:16 `lock_timeout` must be a time") })
    #expect(lines.contains { $0.hasPrefix("8:12 unknown dialect `oracle`") })
    #expect(lines.contains("9:20 `unmanaged_tables` must be `ignore` or `drop`, found `keep`"))
    #expect(lines.contains { $0.hasPrefix("10:24 store `dev` needs a `url`") })
    #expect(lines.contains("11:1 unknown key `ext.migrations.stores.dev.ulr`: did you mean `url`?"))
    #expect(lines.contains("13:1 unknown key `stores.prod.tpye`: did you mean `type`?"))
    #expect(lines.count == 10)
    #expect(error.diagnostics.first?.location.file == "metaxy.toml")
    #expect(error.diagnostics.first?.sourceLine == "projcet = \"x\"")
  }

  @Test(arguments: ["a/b", "a__b", "", "a b", "é"])
  func unusableProjectNamesAreRefused(name: String) throws {
    #expect(try failure("project = \"\(name)\"")?.code == .invalidConfiguration)
  }

  @Test(arguments: [
    "version_table = \"t\"\nsystem_version_table = \"T\"", "version_table = \"alembic_version_metaxy_system\"",
    "version_table = \"t_log\"\nsystem_version_table = \"t\"", "directory = \"x\"\nsystem_directory = \"./x\"",
  ])
  func environmentsThatWouldMixAreRefused(text: String) throws {
    #expect(try failure("[ext.migrations]\n\(text)")?.code == .invalidConfiguration)
  }

  @Test func versionTableLeavesRoomForItsLog() throws {
    let longest = String(repeating: "v", count: 59)
    #expect(try failure("ext.migrations.version_table = \"\(longest)\"") == nil)
    #expect(try failure("ext.migrations.version_table = \"\(longest)v\"") != nil)
  }

  @Test(arguments: [
    "registry = \"\"", "registry = \"Registry\"", "registry = \"-\"", "registry = 5", "registry_imports = \"Words\"",
    "registry_imports = [\"a b\"]", "registry_imports = [\"1a\"]", "registry_imports = [\"\"]",
    "registry_imports = [\"Words.Part\"]",
  ])
  func aRegistryThatNoCompilerReadsIsRefused(text: String) throws {
    #expect(try failure("[ext.migrations]\n\(text)")?.code == .invalidConfiguration)
  }

  @Test(arguments: [("0", 0), ("5s", 5000), ("250ms", 250), ("2min", 120_000), ("1h", 3_600_000), ("3 s", 3000)])
  func timesAreReadInMilliseconds(text: String, milliseconds: Int) throws {
    let loaded = try project("ext.migrations.statement_timeout = \"\(text)\"")
    #expect(loaded.configuration.timeouts.statement == milliseconds)
  }

  @Test(arguments: ["5", "", "s", "-1s", "1.5s", "9999999h", "99999999999999999999s", "5 parsecs", "٣s"])
  func timesWithoutMeaningAreRefused(text: String) throws {
    #expect(try failure("ext.migrations.statement_timeout = \"\(text)\"") != nil)
  }
}
