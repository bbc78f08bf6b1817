import MetaxyConfiguration
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyProject
import MetaxyTestSupport
import Testing

struct EnvironmentTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.makeDirectory("migrations/versions")
    try directory.makeDirectory(".metaxy/alembic-system/versions")
    try configure("")
  }

  private func configure(_ migrations: String, sqlModel: String = "enable = true") throws {
    try directory.write(
      """
      [ext.sqlmodel]
      \(sqlModel)
      [ext.migrations]
      \(migrations)
      [ext.migrations.stores.dev]
      url = "sqlite:///metaxy.db"
      """, to: "metaxy.toml")
  }

  private func environment(_ argument: String?, from name: String = "") throws -> MigrationEnvironment {
    let project = try directory.load(from: name, overrides: .init(environment: argument))
    return try project.environment(for: project.store())
  }

  private let system = ".metaxy/alembic-system"

  @Test func userEnvironmentIsTheDefault() throws {
    let environment = try environment(nil)
    #expect(environment.kind == .user)
    #expect(environment.directory == "\(directory.path)/migrations")
    #expect(environment.versionsDirectory == "\(directory.path)/migrations/versions")
    #expect(environment.versionTable == "alembic_version")
    #expect(environment.isInitialised)
  }

  @Test(arguments: [
    ".metaxy/alembic-system", ".metaxy/alembic-system/", ".metaxy/alembic-system/alembic.ini",
    "migrations/../.metaxy/alembic-system",
  ])
  func environmentIsNamedByDirectoryOrINI(argument: String) throws {
    let environment = try environment(argument)
    #expect(environment.kind == .system)
    #expect(environment.versionTable == "alembic_version_metaxy_system")
  }

  @Test func argumentIsSeenFromTheWorkingDirectory() throws {
    #expect(try environment("../.metaxy/alembic-system", from: "migrations").kind == .system)
    #expect(try environment(".", from: "migrations").kind == .user)
    #expect { try environment(".metaxy/alembic-system", from: "migrations") } throws: {
      ($0 as? MetaxyError)?.code == .notAnEnvironment
    }
  }

  @Test func directoryThatIsNoEnvironmentListsThoseThatAre() throws {
    try directory.makeDirectory("elsewhere/versions")
    let error = #expect(throws: MetaxyError.self) { try environment("elsewhere") }
    #expect(error?.code == .notAnEnvironment)
    #expect(
      error?.hints == [
        "`.metaxy/alembic-system` is the system environment", "`migrations` is the user environment",
      ])
    #expect { try environment("missing/alembic.ini") } throws: { ($0 as? MetaxyError)?.code == .notAnEnvironment }
  }

  @Test func environmentThatWasNotMadeHintsAtInit() throws {
    try configure("directory = 'other'")
    let error = #expect(throws: MetaxyError.self) { try environment(nil) }
    #expect(error?.code == .notInitialised)
    #expect(error?.hints.map(\.description) == ["`metaxy init other` creates it"])
  }

  @Test func allEnvironmentsAreTheSystemsFirst() throws {
    #expect(try directory.load().environments().map(\.kind) == [.system, .user])
  }

  @Test(arguments: [("enable = false", "enable"), ("enable = true\nsystem_tables = false", "system_tables")])
  func disabledSystemEnvironmentNamesTheKey(sqlModel: String, key: String) throws {
    try configure("", sqlModel: sqlModel)
    #expect(try directory.load().environments().map(\.kind) == [.user])
    let error = #expect(throws: MetaxyError.self) { try environment(system) }
    #expect(error?.code == .systemTablesDisabled)
    #expect(error?.message.contains("`\(key)`") ?? false)
    #expect(try environment(nil).kind == .user)
  }

  @Test func storeMayHaveEnvironmentsOfItsOwn() throws {
    try configure("stores.prod = { url = 'postgresql://h/d', directory = 'prod' }")
    try directory.makeDirectory("prod/versions")
    let project = try directory.load(overrides: .init(store: "prod"))
    #expect(try project.environment(for: project.store()).directory == "\(directory.path)/prod")
  }

  // MARK: - alembic.ini

  @Test func iniOfTheGuideIsRead() throws {
    try directory.write("[alembic]\nscript_location = .metaxy/alembic-system\n", to: "\(system)/alembic.ini")
    let environment = try environment("\(system)/alembic.ini")
    #expect(environment.directory == "\(directory.path)/\(system)")
    #expect(environment.warnings.isEmpty)
  }

  @Test func everyKeyOfTheINIIsRead() throws {
    try directory.write(
      """
      # comment
      [alembic]
      script_location = %(here)s
      sqlalchemy.url = sqlite:///metaxy.db
      version_table = own
      version_table_schema: meta
      version_locations = %(here)s/versions:%(here)s/more
      path_separator = os
      file_template = %%(rev)s_%%(slug)s
      timezone = UTC
      truncate_slug_length = 20
      [post_write_hooks]
      hooks = fmt, lint
      fmt.type = exec
      fmt.executable = sqlfmt
      fmt.options = -l 79 REVISION_SCRIPT_FILENAME
      lint.type = exec
      lint.executable = lint
      [loggers]
      keys = root
      """, to: "\(system)/alembic.ini")
    let environment = try environment(system)
    #expect(environment.versionTable == "own")
    #expect(environment.versionTableSchema == "meta")
    #expect(environment.versionLocations == ["versions", "more"].map { "\(directory.path)/\(system)/\($0)" })
    #expect(environment.fileTemplate == "%(rev)s_%(slug)s")
    #expect(environment.timezone == "UTC")
    #expect(environment.slugLength == 20)
    #expect(environment.postWriteHooks.map { $0.command(for: "f") } == [["sqlfmt", "-l", "79", "f"], ["lint", "f"]])
    #expect(environment.warnings.isEmpty)
  }

  @Test func configurationWinsOverTheINIWithAWarning() throws {
    try configure("system_version_table = 'ours'\ntimezone = 'UTC'")
    try directory.write(
      "[alembic]\nversion_table = theirs\ntimezone = UTC\nsqlalchemy.url = postgresql://u:hunter2@h/d\nprepend_sys_path = .\n"
        + "recursive_version_locations = true\n",
      to: "\(system)/alembic.ini")
    let environment = try environment(system)
    #expect(environment.versionTable == "ours")
    #expect(environment.warnings.count == 3)
    #expect(environment.warnings.contains { $0.contains("`version_table`") && $0.contains("`theirs`") })
    #expect(environment.warnings.contains { $0.contains("`recursive_version_locations`") })
    #expect(environment.warnings.contains { $0.contains("store `dev`") && $0.contains("postgresql://u:***@h/d") })
    #expect(!environment.warnings.joined().contains("hunter2"))
  }

  @Test func iniAtTheRootLeadsToItsEnvironment() throws {
    try directory.write(
      "[alembic]\nscript_location = migrations\nversion_table = mine\nsqlalchemy.url = driver://user:pass@localhost/dbname\n",
      to: "alembic.ini")
    let named = try environment("alembic.ini")
    #expect(named.kind == .user && named.versionTable == "mine" && named.warnings.isEmpty)
    #expect(try environment(nil).versionTable == "alembic_version")
  }

  @Test(arguments: [
    "key = 1", "[alembic]\nversion_table", "[alembic]\na = 1\nA = 2", "[alembic]\nversion_table = %(nothing)s",
    "[alembic]\nversion_table = 100%", "[alembic]\ntimezone = %(timezone)s", "[alembic]\ntruncate_slug_length = many",
    "[post_write_hooks]\nhooks = x\nx.type = console_scripts", "[post_write_hooks]\nhooks = x",
    "[alembic]\nversion_locations = a\npath_separator = x",
  ])
  func unreadableINIIsAnError(text: String) throws {
    try directory.write(text, to: "\(system)/alembic.ini")
    let error = #expect(throws: MetaxyError.self) { try environment(system) }
    #expect(error?.code == .invalidINI)
  }

  @Test func valuesGoOnWhereLinesAreIndented() throws {
    try directory.write(
      "[DEFAULT]\nbase = %(here)s\n[alembic]\nversion_locations =\n    %(base)s/a\n    ; comment\n    %(base)s/b, %(base)s/c\n",
      to: "\(system)/alembic.ini")
    #expect(
      try directory.load().environment(.system).versionLocations
        == ["a", "b", "c"].map {
          "\(directory.path)/\(system)/\($0)"
        })
  }
}
