import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import Testing

/// `${NAME}` and `${NAME:-text}` in the configuration file, as in Python's Metaxy; where a variable is missing, stricter.
struct TemplateTests {
  @Test(arguments: [
    ("${A}", "one"), ("x-${A}-${B}", "x-one-two"), ("${A}${A}", "oneone"), ("${C:-three}", "three"),
    ("${A:-three}", "one"),
    // Set and empty is set, as in Metaxy and unlike in a shell.
    ("x${EMPTY:-three}", "x"), ("x${C:-}", "x"), ("${C:-a-b}", "a-b"),
  ])
  func placesAreFilledFromTheEnvironment(written: String, text: String) throws {
    let variables = ["A": "one", "B": "two", "EMPTY": ""]
    #expect(try project("project = \"\(written)\"", variables).configuration.project == text)
  }

  @Test(arguments: [("$A", "$A"), ("$$", "$$"), ("$${A}", "$one"), ("{A}", "{A}"), ("$ {A}", "$ {A}")])
  func nothingElseIsAPlaceAndThereIsNoEscape(written: String, text: String) throws {
    let loaded = try project("ext.migrations.directory = \"\(written)\"", ["A": "one"])
    #expect(try loaded.environment(.user).directory.hasSuffix("/\(text)"))
  }

  @Test func itemsOfListsAndHooksAreFilled() throws {
    let loaded = try project(
      """
      entrypoints = ["${SRC}/A.swift", "B"]
      [ext.migrations]
      ignore = ["${PREFIX}_*"]
      post_write_hooks = ["${FMT} -q", { executable = "x", options = "${OPT:---fix}" }]
      """, ["SRC": "Sources", "PREFIX": "old", "FMT": "sqlfmt"])
    #expect(loaded.entrypoints.map(\.text) == ["Sources/A.swift", "B"])
    #expect(loaded.migrations.ignore == ["old_*"])
    let hooks = try loaded.environment(.user).postWriteHooks.map { $0.command(for: "f") }
    #expect(hooks == [["sqlfmt", "f", "-q"], ["x", "f", "--fix"]])
  }

  @Test func numbersAndTruthsMayComeFromAVariable() throws {
    let loaded = try project(
      "hash_truncation_length = \"${LENGTH:-12}\"\next.sqlmodel.enable = \"${ENABLE}\"", ["ENABLE": "yes"])
    #expect(loaded.configuration.hashTruncationLength == 12)
    #expect(loaded.configuration.sqlModel.isEnabled)
    let error = try failure("ext.sqlmodel.enable = \"${ENABLE}\"", ["ENABLE": "s3cret"])
    #expect(
      error?.diagnostics.map(\.message)
        == ["`ext.sqlmodel.enable` must be a boolean (`true` or `false`), found `${ENABLE}`"])
  }

  @Test func missingVariableIsToldWithKeyAndPlace() throws {
    let error = try failure("\nproject = \"${NO_SUCH}\"\n")
    #expect(error?.code == .invalidConfiguration)
    #expect(
      error?.diagnostics.map { "\($0.location) \($0.message)" }
        == ["metaxy.toml:2:11 `project` needs the environment variable `NO_SUCH`, which is not set"])
    #expect(
      error?.diagnostics.first?.notes.map(\.message)
        == ["set it, or write `${NO_SUCH:-…}` with a default"])
  }

  @Test(arguments: ["${", "${A", "${}", "${:-x}", "${A:b}", "${A:-${B}}"])
  func whatLooksLikeAPlaceAndIsNoneIsRefused(written: String) throws {
    let error = try failure("project = \"\(written)\"", ["A": "one"])
    #expect(
      error?.diagnostics.map(\.message) == ["`project` holds a `${` that is neither `${NAME}` nor `${NAME:-text}`"])
  }

  @Test func valueOfAMetaxyVariableIsMeantAsItIs() throws {
    let loaded = try project("", ["METAXY_EXT__MIGRATIONS__DIRECTORY": "${A}", "A": "one"])
    #expect(loaded.migrations.directory == "${A}")
  }

  // MARK: - Stores

  private static let stores = """
    [ext.migrations.stores.dev]
    url = "sqlite:///dev.db"
    [ext.migrations.stores.prod]
    url = "postgresql://me:${PASSWORD}@${HOST:-db}/metaxy"
    """

  @Test func variableOfAStoreThatIsNotUsedMayBeMissing() throws {
    let loaded = try project("store = \"dev\"\n" + Self.stores)
    #expect(try loaded.store().name == "dev")
    // Revisions are rendered for the same engines on every machine.
    #expect(loaded.migrations.dialects == [.sqlite, .postgresql])
    let error = #expect(throws: MetaxyError.self) { try loaded.store(named: "prod") }
    #expect(error?.code == .unusableStore)
    #expect(error?.message.contains("`url` needs the environment variable `PASSWORD`, which is not set") ?? false)
    #expect(error?.diagnostics.map(\.location) == [SourceLocation(file: "metaxy.toml", line: 5, column: 7)])
    #expect(error?.hints == ["set it, or write `${PASSWORD:-…}` with a default"])
  }

  @Test func missingVariableDoesNotMakeAnotherStoreTheOnlyOne() throws {
    let loaded = try project(Self.stores)
    let error = #expect(throws: MetaxyError.self) { try loaded.store() }
    #expect(error?.code == .ambiguousStore)
  }

  @Test func storeInMetaxysOwnFormIsFilledToo() throws {
    let text = """
      [stores.prod]
      type = "metaxy.PostgreSQLMetadataStore"
      [stores.prod.config]
      connection_string = "postgresql://me:${PASSWORD}@db/metaxy"
      """
    #expect(try project(text, ["PASSWORD": "s3cret"]).store().url.target == "postgresql://me:s3cret@db/metaxy")
    let error = #expect(throws: MetaxyError.self) { try project(text).store() }
    #expect(error?.code == .unusableStore)
    #expect(error?.diagnostics.map(\.location) == [SourceLocation(file: "metaxy.toml", line: 4, column: 21)])
  }

  @Test(arguments: [
    ("postgresql://me:${V}@db/metaxy", "s3cret", "postgresql://me:***@db/metaxy"),
    ("postgresql://me:${V}@db/metaxy", "s3/c:r@e?t", "postgresql://me:***@db/metaxy"),
    (
      "postgresql://db/metaxy?password=${V}&sslmode=require", "s3&cret",
      "postgresql://db/metaxy?password=***&sslmode=require"
    ),
    ("postgresql://${V}@db/metaxy", "me:s3cret", "postgresql://me:***@db/metaxy"),
    ("${V}", "postgresql://me:s3cret@db/metaxy", "postgresql://me:***@db/metaxy"),
    ("postgresql://me@${V}/metaxy", "db.internal", "postgresql://me@db.internal/metaxy"),
  ])
  func passwordFromAVariableIsNeverShown(written: String, value: String, displayText: String) throws {
    let loaded = try project("[ext.migrations.stores.prod]\nurl = \"\(written)\"", ["V": value])
    let url = try loaded.store().url
    #expect(url.target.contains(value))
    #expect("\(url)" == displayText)
    #expect(String(reflecting: url) == displayText)
  }

  @Test(arguments: ["s3cret", "mysql://me:s3cret@db/metaxy", "sqlite://s3cret:s3cret@db"])
  func errorOfAURLShowsNoSecretOfItsVariable(value: String) throws {
    let error = try #require(try failure("[ext.migrations.stores.prod]\nurl = \"${URL}\"", ["URL": value]))
    let diagnostic = try #require(error.diagnostics.first)
    let said = "\(error.message) \(diagnostic) \(diagnostic.notes.map(\.message))"
    #expect(!said.contains(":s3cret") && !said.contains("`s3cret`"))
  }

  @Test func valueOfAMistakenVariableIsShownAsItIsWritten() throws {
    let error = try failure("ext.migrations.lock_timeout = \"${PASSWORD}\"", ["PASSWORD": "s3cret"])
    let said = error?.diagnostics.map(\.message).joined() ?? ""
    #expect(said.contains("found `${PASSWORD}`"))
    #expect(!said.contains("s3cret"))
  }
}
