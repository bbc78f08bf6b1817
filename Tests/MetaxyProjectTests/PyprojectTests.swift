import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import MetaxyTestSupport
import Testing

/// `[tool.metaxy]` of a `pyproject.toml`, found and read as Python's Metaxy 0.1.11 does (`metaxy/config/metaxy_source.py`).
struct PyprojectTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let other = "[project]\nname = \"video\"\nversion = \"1\"\n\n[tool.ruff]\nline-length = 100\n"

  @Test func settingsStandBelowToolMetaxy() throws {
    try directory.write(
      Self.other + """

        [tool.metaxy]
        project = "x"
        entrypoints = ["Sources"]

        [tool.metaxy.ext.sqlmodel]
        enable = true

        [tool.metaxy.ext.migrations.stores.dev]
        url = "sqlite:///data/x.db"
        """, to: "pyproject.toml")
    let project = try directory.load()
    #expect(project.configFile == "\(directory.path)/pyproject.toml")
    #expect(project.configuration.project == "x")
    #expect(project.configuration.sqlModel.isEnabled)
    #expect(try project.store().url.target == "\(directory.path)/data/x.db")
    #expect(project.entrypoints.map(\.origin.description) == ["pyproject.toml:10:16"])
  }

  @Test func ownFileComesBeforeThePyprojectBesideIt() throws {
    try directory.write("project = 'own'\n", to: "metaxy.toml")
    try directory.write("tool.metaxy.project = 'py'\n", to: "pyproject.toml")
    #expect(try directory.load().configuration.project == "own")
  }

  @Test func nearestDirectoryComesFirst() throws {
    try directory.write("project = 'above'\n", to: "metaxy.toml")
    try directory.write("tool.metaxy.project = 'near'\n", to: "a/pyproject.toml")
    try directory.makeDirectory("a/b")
    #expect(try directory.load(from: "a/b").configuration.project == "near")
  }

  @Test(arguments: ["", "[project]\nname = 'x'\n", "[tool.metaxy]\n", "[tool]\nmetaxy = {}\n"])
  func pyprojectWithoutSettingsIsPassedOver(text: String) throws {
    try directory.write("project = 'above'\n", to: "metaxy.toml")
    try directory.write(text, to: "a/pyproject.toml")
    #expect(try directory.load(from: "a").configuration.project == "above")
  }

  @Test func brokenPyprojectOnTheWayIsToldWithItsPlace() throws {
    try directory.write("[project\n", to: "pyproject.toml")
    let error = #expect(throws: MetaxyError.self) { try directory.load() }
    #expect(error?.code == .invalidTOML)
    #expect(error?.diagnostics.first?.location.file == "pyproject.toml")
  }

  @Test func problemsAreToldAtTheirPlaceInTheWholeFile() throws {
    try directory.write("\(Self.other)\n[tool.metaxy]\nprojcet = 'x'\nstore = 1\n", to: "pyproject.toml")
    let error = #expect(throws: MetaxyError.self) { try directory.load() }
    #expect(error?.code == .invalidConfiguration)
    let lines = error?.diagnostics.map { "\($0.location) \($0.message)" }
    #expect(
      lines == [
        "pyproject.toml:9:1 unknown key `tool.metaxy.projcet`: did you mean `project`?",
        "pyproject.toml:10:9 `tool.metaxy.store` must be a string, found an integer",
      ])
  }

  @Test(arguments: [
    Project.Overrides(configFile: "py/pyproject.toml"), Project.Overrides(environment: "py/pyproject.toml"),
  ])
  func fileCanBeNamed(overrides: Project.Overrides) throws {
    try directory.write("project = 'own'\n", to: "metaxy.toml")
    try directory.write("tool.metaxy.project = 'py'\n", to: "py/pyproject.toml")
    #expect(try directory.load(overrides: overrides).configuration.project == "py")
    #expect(try directory.load(["METAXY_CONFIG": "py/pyproject.toml"]).configuration.project == "py")
  }

  @Test func namedFileWithoutSettingsIsRefused() throws {
    try directory.write(Self.other, to: "pyproject.toml")
    let error = #expect(throws: MetaxyError.self) {
      try directory.load(overrides: .init(configFile: "pyproject.toml"))
    }
    #expect(error?.code == .noConfiguration)
    #expect(error?.message == "`pyproject.toml` has no `[tool.metaxy]`")
    #expect(error?.hints.map(\.description) == ["`metaxy init` adds one"])
  }

  // MARK: - init

  @Test func initKeepsToAPyprojectThatHasSettings() throws {
    try directory.write(
      "[tool.metaxy]\nproject = 'x'\n\n[tool.metaxy.ext.migrations] # ours\ntimezone = 'UTC'\n", to: "pyproject.toml")
    let report = try Project.initialise(in: directory.path, environment: [:], directory: "db")
    #expect(report.changed == ["pyproject.toml"])
    #expect(report.created == ["db"])
    #expect(!directory.exists("metaxy.toml"))
    #expect(
      try directory.text(of: "pyproject.toml")
        == "[tool.metaxy]\nproject = 'x'\n\n[tool.metaxy.ext.migrations] # ours\ndirectory = \"db\"\ntimezone = 'UTC'\n"
    )
  }

  @Test func initAddsItsSectionBelowToolMetaxy() throws {
    try directory.write("[tool.metaxy]\nproject = 'x'\n", to: "pyproject.toml")
    _ = try Project.initialise(in: directory.path, environment: [:], directory: "db")
    #expect(
      try directory.text(of: "pyproject.toml")
        == "[tool.metaxy]\nproject = 'x'\n\n[tool.metaxy.ext.migrations]\ndirectory = \"db\"\n")
    #expect(try directory.load().environment().directory == "\(directory.path)/db")
  }

  @Test func initLeavesAPyprojectWithoutSettingsAlone() throws {
    try directory.write(Self.other, to: "pyproject.toml")
    let report = try Project.initialise(in: directory.path, environment: [:])
    #expect(report.created.first == "metaxy.toml")
    #expect(try directory.text(of: "pyproject.toml") == Self.other)
  }

  @Test func initAddsSettingsToAPyprojectThatIsNamed() throws {
    try directory.write(Self.other, to: "pyproject.toml")
    let report = try Project.initialise(
      in: directory.path, environment: [:], overrides: .init(configFile: "pyproject.toml"))
    #expect(report.changed == ["pyproject.toml"])
    #expect(report.created == ["migrations", ".metaxy/alembic-system"])
    #expect(try directory.text(of: "pyproject.toml").hasPrefix("\(Self.other)\n[tool.metaxy]\n"))
    let project = try directory.load()
    #expect(project.configFile == "\(directory.path)/pyproject.toml")
    #expect(try project.store().url.target == "\(directory.path)/metaxy.db")
    #expect(try project.environments().count == 2)
  }
}
