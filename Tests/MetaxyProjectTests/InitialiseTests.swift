import MetaxyConfiguration
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyProject
import MetaxyTestSupport
import Testing

struct InitialiseTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @discardableResult
  private func initialise(_ name: String? = nil, versionTable: String? = nil) throws -> InitialisationReport {
    try Project.initialise(in: directory.path, environment: [:], directory: name, versionTable: versionTable)
  }

  @Test func bothEnvironmentsAreMadeAndCanBeUsed() throws {
    let report = try initialise()
    #expect(report.created == ["metaxy.toml", "migrations", ".metaxy/alembic-system"])
    #expect(report.kept.isEmpty && report.changed.isEmpty)
    let project = try directory.load()
    #expect(try project.store().name == "dev")
    #expect(try project.store().url.target == "\(directory.path)/metaxy.db")
    #expect(project.entrypoints.map(\.text) == ["Sources"])
    #expect(project.configuration.sqlModel.isEnabled)
    #expect(project.migrations.dialects == [.sqlite])
    #expect(project.warnings.isEmpty)
    #expect(try project.environments().allSatisfy { $0.isInitialised && $0.warnings.isEmpty })
    let ini = try directory.text(of: ".metaxy/alembic-system/alembic.ini")
    #expect(ini.contains("\n[alembic]\nscript_location = .metaxy/alembic-system\n"))
    #expect(directory.exists("migrations/versions/.gitkeep"))
    #expect(!(try directory.text(of: "metaxy.toml").contains("\n[stores")))
  }

  @Test func secondRunKeepsEverything() throws {
    try initialise()
    let before = try directory.text(of: "metaxy.toml")
    let report = try initialise()
    #expect(report.kept == ["metaxy.toml", "migrations", ".metaxy/alembic-system"])
    #expect(report.created.isEmpty && report.changed.isEmpty)
    #expect(try directory.text(of: "metaxy.toml") == before)
  }

  @Test func oneEnvironmentIsMadeWhenNamed() throws {
    #expect(try initialise(".metaxy/alembic-system").created == ["metaxy.toml", ".metaxy/alembic-system"])
    #expect(!directory.exists("migrations"))
    let report = try initialise("db/revisions")
    #expect(report.created == ["db/revisions"])
    #expect(report.changed == ["metaxy.toml"])
    #expect(try directory.load().environment().directory == "\(directory.path)/db/revisions")
  }

  @Test func directoryIsWrittenIntoANewConfiguration() throws {
    try initialise("my \"dir\"")
    #expect(try directory.load().migrations.directory == "my \"dir\"")
  }

  @Test(arguments: [
    (
      "# top\r\n[ext.migrations] # ours\r\n# said\r\ndirectory = 'old' # why\r\nlock_timeout = '1s'",
      "# top\r\n[ext.migrations] # ours\r\n# said\r\ndirectory = \"new\" # why\r\nlock_timeout = '1s'"
    ),
    ("[ext.migrations] # ours\ntimezone = 'UTC'\n", "[ext.migrations] # ours\ndirectory = \"new\"\ntimezone = 'UTC'\n"),
    ("[ext.migrations]", "[ext.migrations]\ndirectory = \"new\"\n"),
    ("# none\nproject = 'x'", "# none\nproject = 'x'\n\n[ext.migrations]\ndirectory = \"new\"\n"),
    (
      "[ext.migrations.stores.dev]\nurl = 'sqlite:///é.db'\n",
      "[ext.migrations.stores.dev]\nurl = 'sqlite:///é.db'\n\n[ext.migrations]\ndirectory = \"new\"\n"
    ),
    (
      "ext = { migrations = { directory = 'old', timezone = 'UTC' } }\n",
      "ext = { migrations = { directory = \"new\", timezone = 'UTC' } }\n"
    ),
    ("ext.migrations.directory = 'old'\n", "ext.migrations.directory = \"new\"\n"),
  ])
  func editTouchesOnlyItsSetting(before: String, after: String) throws {
    try directory.write(before, to: "metaxy.toml")
    #expect(try initialise("new").changed == ["metaxy.toml"])
    #expect(try directory.text(of: "metaxy.toml") == after)
  }

  @Test func fileThatCannotBeAddedToIsLeftAlone() throws {
    let text = "ext = { migrations = { timezone = 'UTC' } }\n"
    try directory.write(text, to: "metaxy.toml")
    let error = #expect(throws: MetaxyError.self) { try initialise("new") }
    #expect(error?.code == .uneditableConfiguration)
    #expect(try directory.text(of: "metaxy.toml") == text)
    #expect(!directory.exists("new"))
  }

  @Test func existingEnvironmentIsKeptAndOtherDirectoriesAreRefused() throws {
    try directory.makeDirectory("migrations/versions")
    #expect(try initialise().kept == ["migrations"])
    try directory.write("", to: "full/file")
    let error = #expect(throws: MetaxyError.self) { try initialise("full") }
    #expect(error?.code == .notAnEnvironment)
    #expect { try initialise("metaxy.toml") } throws: { ($0 as? MetaxyError)?.code == .notAnEnvironment }
    try directory.makeDirectory("empty")
    #expect(try initialise("empty").created == ["empty"])
  }

  @Test func nothingIsWrittenWhereSomethingIsRefused() throws {
    try directory.write("", to: ".metaxy/alembic-system/file")
    #expect { try initialise() } throws: { ($0 as? MetaxyError)?.code == .notAnEnvironment }
    #expect(!directory.exists("metaxy.toml") && !directory.exists("migrations"))
  }

  @Test func storesOwnEnvironmentDoesNotBecomeTheProjects() throws {
    let text = "[ext.migrations.stores.prod]\nurl = 'postgresql://h/d'\ndirectory = 'prod'\n"
    try directory.write(text, to: "metaxy.toml")
    #expect(try initialise("prod").created == ["prod"])
    #expect(try directory.text(of: "metaxy.toml") == text)
  }

  @Test func disabledSystemEnvironmentIsNotMade() throws {
    try directory.write("project = 'x'\n", to: "metaxy.toml")
    #expect(try initialise().created == ["migrations"])
    #expect { try initialise(".metaxy/alembic-system") } throws: { ($0 as? MetaxyError)?.code == .systemTablesDisabled }
  }

  @Test func versionTableIsSetWhereTheDefaultIsTaken() throws {
    try initialise(versionTable: "alembic_version_metaxy")
    #expect(try directory.load().environment().versionTable == "alembic_version_metaxy")
    try initialise(versionTable: "other")
    #expect(try directory.load().environment().versionTable == "other")
  }

  @Test func namedConfigurationIsMade() throws {
    let report = try Project.initialise(
      in: directory.path, environment: [:], overrides: .init(configFile: "sub/metaxy.toml"))
    #expect(report.configFile == "\(directory.path)/sub/metaxy.toml")
    #expect(directory.exists("sub/migrations/versions"))
  }

  @Test(arguments: [
    ("video pipeline!", "video_pipeline"), ("a__b", "a_b"), ("é", "project"), ("my-app.v2", "my-app_v2"),
  ])
  func projectIsNamedAfterItsDirectory(name: String, project: String) throws {
    try directory.makeDirectory(name)
    _ = try Project.initialise(in: "\(directory.path)/\(name)", environment: [:])
    #expect(try directory.load(from: name).configuration.project == project)
  }
}
