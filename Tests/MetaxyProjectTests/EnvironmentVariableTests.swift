import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import Testing

struct EnvironmentVariableTests {
  @Test func variablesOverrideTheFile() throws {
    let text = """
      project = "a"
      store = "one"
      entrypoints = ["x"]
      [ext.sqlmodel]
      enable = false
      [ext.migrations]
      directory = "m"
      [ext.migrations.stores.Dev-1]
      url = "sqlite:///a.db"
      """
    let loaded = try project(
      text,
      [
        "METAXY_PROJECT": "b", "METAXY_STORE": "two", "METAXY_ENTRYPOINTS": "y, z",
        "METAXY_EXT__SQLMODEL__ENABLE": "On", "METAXY_EXT__MIGRATIONS__DIRECTORY": "n",
        "METAXY_EXT__MIGRATIONS__DIALECTS": "[\"sqlite\", \"postgresql\"]",
        "METAXY_EXT__MIGRATIONS__STORES__DEV_1__URL": "sqlite:////b.db",
        "METAXY_EXT__MIGRATIONS__STORES__NEW__URL": "postgresql://h/d",
        "METAXY_EXT__MIGRATIONS__STORES__NEW__PRODUCTION": "1", "METAXY_HASH_TRUNCATION_LENGTH": "12",
        "METAXY_AUTO_CREATE_TABLES": "yes",
      ])
    let configuration = loaded.configuration
    #expect(configuration.project == "b")
    #expect(configuration.store == "two")
    #expect(loaded.entrypoints.map(\.text) == ["y", "z"])
    #expect(loaded.entrypoints.first?.origin == .variable("METAXY_ENTRYPOINTS"))
    #expect(configuration.sqlModel.isEnabled)
    #expect(loaded.migrations.directory == "n")
    #expect(loaded.migrations.dialects == [.sqlite, .postgresql])
    #expect(try loaded.store(named: "Dev-1").url.target == "/b.db")
    #expect(try loaded.store(named: "new").isProduction)
    #expect(configuration.hashTruncationLength == 12)
    #expect(configuration.createsTablesAutomatically)
  }

  @Test func flagsOverrideVariables() throws {
    let text = "[ext.migrations.stores]\na.url = 'sqlite:///a.db'\nb.url = 'sqlite:///b.db'"
    let loaded = try project(text, ["METAXY_STORE": "a"], Project.Overrides(store: "b"))
    #expect(try loaded.store().name == "b")
  }

  @Test func entrypointVariablesReplaceTheListTogetherSortedByName() throws {
    let loaded = try project(
      "entrypoints = ['x']",
      ["METAXY_ENTRYPOINT_2": "c", "METAXY_ENTRYPOINT": "a", "METAXY_ENTRYPOINT_1": "b1,b2", "METAXY_ENTRYPOINT_3": ""])
    #expect(loaded.entrypoints.map(\.text) == ["a", "b1", "b2", "c"])
  }

  /// With a list for Swift, the shared list and the variables of a Python shell name Python's modules.
  @Test func ownEntrypointsCountBesidePythons() throws {
    let text = "entrypoints = ['shop.features']\n[ext.migrations]\nentrypoints = ['Sources', 'app.sql']"
    let shell = ["METAXY_ENTRYPOINT": "shop.more", "METAXY_ENTRYPOINTS": "[\"shop.other\"]"]
    #expect(try project(text, shell).entrypoints.map(\.text) == ["Sources", "app.sql"])
    #expect(try project(text).entrypoints.map(\.origin.description) == ["metaxy.toml:3:16", "metaxy.toml:3:27"])
    let own = "METAXY_EXT__MIGRATIONS__ENTRYPOINTS"
    for value in ["a, b", "[\"a\", \"b\"]", " [ \"a\",\n\"\\u0062\" ]"] {
      let loaded = try project(text, shell.merging([own: value]) { $1 })
      #expect(loaded.entrypoints.map(\.text) == ["a", "b"])
      #expect(loaded.entrypoints.map(\.origin) == [.variable(own), .variable(own)])
      #expect(try project("entrypoints = ['shop.features']", [own: value]).entrypoints.map(\.text) == ["a", "b"])
    }
    #expect(try project("[ext.migrations]\nentrypoints = []", shell).entrypoints == [])
  }

  @Test func listsInVariablesAreJSONOrSeparatedByCommas() throws {
    func read(_ text: String) throws -> [String] {
      try project("", ["METAXY_ENTRYPOINTS": text]).entrypoints.map(\.text)
    }
    #expect(try read("[\"a, b\", \"c\\/d\"]") == ["a, b", "c/d"])
    #expect(try read("[ab]/*.swift, c") == ["[ab]/*.swift", "c"])
    #expect(try read("[]") == [])
    let error = try #require(try failure("", ["METAXY_EXT__MIGRATIONS__IGNORE": "[\"a\", 1]"]))
    #expect(
      error.message
        == "`METAXY_EXT__MIGRATIONS__IGNORE` must be a list separated by commas, or in JSON, found `[\"a\", 1]`")
  }

  /// Metaxy reads its tables in JSON; a longer name counts before a member.
  @Test func tablesInVariablesAreJSON() throws {
    let loaded = try project(
      "",
      [
        "METAXY_STORES":
          "{\"Dev\": {\"type\": \"x.PostgreSQLMetadataStore\", \"config\": {\"hash_algorithm\": \"sha256\"}}}",
        "METAXY_STORES__DEV__CONFIG": "{\"connection_params\": {\"host\": \"h\", \"port\": 1, \"user\": null}}",
        "METAXY_STORES__DEV__CONFIG__CONNECTION_PARAMS__DATABASE": "d",
        "METAXY_EXT__MIGRATIONS": "{\"directory\": \"m\", \"ignore\": [\"x\", \"y\"]}",
        "METAXY_EXT__MIGRATIONS__DIRECTORY": "n",
      ])
    #expect(try Set(loaded.store().url.target.split(separator: " ")) == ["host=h", "port=1", "dbname=d"])
    #expect(try loaded.store().hashAlgorithm == "sha256")
    #expect(loaded.migrations.directory == "n")
    #expect(loaded.migrations.ignore == ["x", "y"])
  }

  @Test(arguments: [
    ("METAXY_EXT_SQLMODEL_ENABLE", "true"), ("METAXY_EXT__SQLMODEL__ENABLE", "1"),
    ("METAXY_EXT__SQLMODEL_ENABLE", "Yes"),
    ("METAXY_EXT__SQLMODEL__ENABLED", "t"),
  ])
  func everySpellingOfEnableIsRead(name: String, value: String) throws {
    #expect(try project("", [name: value]).configuration.sqlModel.isEnabled)
  }

  @Test func flatFormOfTableNamesIsRead() throws {
    let loaded = try project("", ["METAXY_EXT_SQLMODEL_INFER_DB_TABLE_NAMES": "off"])
    #expect(!loaded.configuration.sqlModel.infersTableNames)
  }

  @Test func nestedSpellingCountsBeforeTheFlatOne() throws {
    let both = ["METAXY_EXT_SQLMODEL_ENABLE": "false", "METAXY_EXT__SQLMODEL__ENABLE": "true"]
    #expect(try project("", both).configuration.sqlModel.isEnabled)
  }

  @Test func variableOfTooManyPartsIsReported() throws {
    let name = "METAXY_STORES__" + String(repeating: "A__", count: 20_000) + "B"
    let error = try #require(try failure("", [name: "1"]))
    #expect(error.message == "`METAXY_STORES__A__A__A__A__A__A__A__A__A__A__A__A__A__A__A__…` has more than 128 parts")
  }

  @Test func emptyVariablesAreNotSet() throws {
    #expect(try project("project = 'a'", ["METAXY_PROJECT": ""]).configuration.project == "a")
  }

  @Test func variablesOfOtherToolsAreIgnored() throws {
    let others = [
      "METAXY_TEST_POSTGRESQL_URL": "postgresql://x", "METAXY_LOG_LEVEL": "DEBUG", "METAXY_EXT__DAGSTER__X": "1",
      "METAXY_EXT_SQLMODEL_OTHER": "1", "METAXY": "1",
    ]
    #expect(try failure("", others) == nil)
  }

  @Test func badValuesNameTheVariable() throws {
    let error = try #require(
      try failure("", ["METAXY_AUTO_CREATE_TABLES": "maybe", "METAXY_HASH_TRUNCATION_LENGTH": "many"]))
    #expect(error.message.contains("`METAXY_AUTO_CREATE_TABLES` must be a boolean (`true` or `false`), found `maybe`"))
    #expect(error.message.contains("`METAXY_HASH_TRUNCATION_LENGTH` must be an integer, found `many`"))
  }

  @Test func unknownNestedVariablesAreErrorsWithASuggestion() throws {
    let error = try #require(try failure("", ["METAXY_EXT__MIGRATIONS__DIRECTROY": "x"]))
    #expect(error.message == "unknown variable `METAXY_EXT__MIGRATIONS__DIRECTROY`: did you mean `directory`?")
    #expect(try failure("", ["METAXY_EXT__SQLMODEL__ENBLE": "1"]) != nil)
    #expect(try failure("", ["METAXY_EXT__MIGRATIONS__STORES__DEV__ULR": "x"]) != nil)
    #expect(try failure("", ["METAXY_EXT__MIGRATIONS__DIRECTORY__X": "x"]) != nil)
    #expect(try failure("", ["METAXY_EXT__MIGRATIONS": "on"]) != nil)
    #expect(try failure("", ["METAXY_EXT__MIGRATIONS": "{\"directroy\": \"x\"}"]) != nil)
  }

  @Test func passwordsOfVariablesAreNotShown() throws {
    let error = try #require(try failure("", ["METAXY_EXT__MIGRATIONS__STORES__DEV__URL": "mysql://u:hunter2@h/d"]))
    #expect(error.message.contains("METAXY_EXT__MIGRATIONS__STORES__DEV__URL"))
    #expect(!"\(error)".contains("hunter2"))
  }
}
