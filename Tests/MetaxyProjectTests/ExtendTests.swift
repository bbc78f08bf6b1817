import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import MetaxyTestSupport
import Testing

/// `extend`: values replace, lists are appended, tables are merged one level deep, as in Metaxy.
struct ExtendTests {
  private func loaded(_ files: [String: String], from name: String = "") throws -> Project {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write(text, to: name) }
    return try directory.load(from: name)
  }

  private func refusal(_ files: [String: String]) throws -> [String] {
    do {
      _ = try loaded(files)
      return []
    } catch let error as MetaxyError {
      return error.diagnostics.map { "\($0.location): \($0.message)" }
    }
  }

  @Test func valuesListsAndTablesAreMergedAsInMetaxy() throws {
    let project = try loaded(
      [
        "base.toml": """
        project = "base"
        hash_truncation_length = 12
        entrypoints = ["a", "b"]
        [stores.dev]
        url = "sqlite:///base.db"
        config.hash_algorithm = "md5"
        [stores.prod]
        url = "postgresql://h/d"
        [ext.sqlmodel]
        enable = true
        [ext.migrations]
        directory = "base-migrations"
        """,
        "app/metaxy.toml": """
        extend = "../base.toml"
        project = "app"
        entrypoints = ["c"]
        [stores.dev]
        url = "sqlite:///app.db"
        [ext.migrations]
        ignore = ["x"]
        """,
      ], from: "app")
    #expect(project.configuration.project == "app")
    #expect(project.configuration.hashTruncationLength == 12)
    #expect(project.entrypoints.map(\.text) == ["a", "b", "c"])
    #expect(project.entrypoints.map { "\($0.origin)".hasSuffix("base.toml:3:16") } == [true, false, false])
    #expect(project.configuration.sqlModel.isEnabled)
    // A store, and the section of an extension, is replaced as a whole.
    #expect(try project.store(named: "dev").hashAlgorithm == nil)
    #expect(try project.store(named: "dev").url.target == "\(project.root)/app.db")
    #expect(try project.store(named: "prod").url.target == "postgresql://h/d")
    #expect(project.migrations.directory == "migrations")
    #expect(project.migrations.ignore == ["x"])
    #expect(project.warnings == [])
  }

  @Test func filesMayExtendOneAfterAnother() throws {
    let project = try loaded([
      "metaxy.toml": "extend = 'one.toml'\nentrypoints = ['c']", "one.toml": "extend = 'sub/pyproject.toml'",
      "sub/pyproject.toml": "[tool.metaxy]\nextend = '../two.toml'\nproject = 'p'\nentrypoints = ['b']",
      "two.toml": "entrypoints = ['a']\nproject = 'q'",
    ])
    #expect(project.configuration.project == "p")
    #expect(project.entrypoints.map(\.text) == ["a", "b", "c"])
  }

  @Test func problemsAreInTheFileThatHasThem() throws {
    #expect(
      try refusal(["metaxy.toml": "extend = 'base.toml'\nstore = 3", "base.toml": "\nprojcet = 'x'"]) == [
        "base.toml:2:1: unknown key `projcet`: did you mean `project`?",
        "metaxy.toml:2:9: `store` must be a string, found an integer",
      ])
  }

  @Test func fileThatCannotBeExtendedIsNamed() throws {
    #expect(
      try refusal(["metaxy.toml": "extend = 'base.toml'"]) == [
        "metaxy.toml:1:10: `extend` names `base.toml`, which does not exist"
      ])
    #expect(
      try refusal(["metaxy.toml": "extend = 'base.toml'", "base.toml": "extend = 'metaxy.toml'"]) == [
        "base.toml:1:10: `extend` names `metaxy.toml`, which extends this file itself"
      ])
    #expect(
      try refusal(
        Dictionary(
          uniqueKeysWithValues: (0..<40).map { ($0 == 0 ? "metaxy.toml" : "\($0).toml", "extend = '\($0 + 1).toml'") }
            + [("40.toml", "project = 'p'")])) == [
          "32.toml:1:10: `extend` names `33.toml`, which is the last of more than 32 files that extend each other"
        ])
    #expect(
      try refusal(["metaxy.toml": "extend = 1"]) == ["metaxy.toml:1:10: `extend` must be a string, found an integer"])
  }
}
