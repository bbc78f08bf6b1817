import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import MetaxyTestSupport
import Testing

struct ConfigurationFileTests {
  @Test func fileIsFoundInADirectoryAbove() throws {
    let directory = try TemporaryDirectory()
    try directory.write("project = 'x'\n", to: "metaxy.toml")
    try directory.makeDirectory("a/b")
    let loaded = try directory.load(from: "a/b")
    #expect(loaded.configuration.project == "x")
    #expect(loaded.root == directory.path)
    #expect(loaded.workingDirectory == "\(directory.path)/a/b")
  }

  @Test func missingFileHintsAtInit() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: MetaxyError.self) { try directory.load() }
    #expect(error?.code == .noConfiguration)
    #expect(error?.hints.map(\.description) == ["`metaxy init` creates one"])
  }

  @Test func flagComesBeforeVariableBeforeSearch() throws {
    let directory = try TemporaryDirectory()
    for name in ["metaxy", "flag", "variable"] { try directory.write("project = '\(name)'", to: "\(name).toml") }
    let variable = ["METAXY_CONFIG": "variable.toml"]
    #expect(try directory.load().configuration.project == "metaxy")
    #expect(try directory.load(variable).configuration.project == "variable")
    let flag = Project.Overrides(configFile: "flag.toml")
    #expect(try directory.load(variable, overrides: flag).configuration.project == "flag")
    let short = Project.Overrides(environment: "flag.toml")
    #expect(try directory.load(variable, overrides: short).configuration.project == "flag")
  }

  @Test func namedFileThatIsMissingTellsWhoNamesIt() throws {
    let directory = try TemporaryDirectory()
    let byVariable = #expect(throws: MetaxyError.self) { try directory.load(["METAXY_CONFIG": "x.toml"]) }
    #expect(byVariable?.code == .noConfiguration)
    #expect(byVariable?.message.contains("`METAXY_CONFIG`") ?? false)
    let byFlag = #expect(throws: MetaxyError.self) { try directory.load(overrides: .init(configFile: "x.toml")) }
    #expect(byFlag?.code == .noConfiguration)
    #expect(byFlag?.message.contains("`--config-file`") ?? false)
  }

  @Test func twoDifferentFilesAreRefused() throws {
    let directory = try TemporaryDirectory()
    for name in ["a", "b"] { try directory.write("", to: "\(name).toml") }
    #expect {
      try directory.load(overrides: .init(configFile: "a.toml", environment: "b.toml"))
    } throws: { ($0 as? MetaxyError)?.code == .noConfiguration }
    #expect(throws: Never.self) { try directory.load(overrides: .init(configFile: "a.toml", environment: "./a.toml")) }
  }

  @Test func fileThatIsNoTOMLIsToldWithItsPlace() throws {
    let error = try #require(try failure("project = \n"))
    #expect(error.code == .invalidTOML)
    #expect(error.diagnostics.first?.location == SourceLocation(file: "metaxy.toml", line: 1, column: 11))
  }
}
