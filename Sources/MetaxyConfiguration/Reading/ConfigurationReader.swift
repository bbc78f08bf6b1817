package import MetaxyErrors
import MetaxyFeatures
internal import MetaxyNames
import MetaxyTOML

/// Reads a configuration from a file's text and the environment variables.
package struct ConfigurationReader {
  let root: SettingsSection
  /// The directory of the configuration file.
  let directory: String
  private(set) var configuration = Configuration()

  /// Reads the whole configuration.
  ///
  /// - Parameters:
  ///   - environment: the variables that the file's texts can refer to.
  ///   - usesVariables: whether its `METAXY_*` variables are also settings.
  ///   - readOthers: reads what only the command uses, from the whole file and from `[ext.migrations]`; its problems are
  ///     reported with the others.
  /// - Throws: `invalid_toml`, or `invalid_configuration` with all problems.
  package static func read(
    _ file: ConfigurationFile, _ text: String, environment: [String: String], usesVariables: Bool = true,
    readOthers: (_ root: SettingsSection, _ migrations: SettingsSection?) -> Void = { _, _ in }
  ) throws(MetaxyError) -> Configuration {
    let problems = ConfigurationProblems()
    let document = try TOMLDocument(text, file: file.name).root
    guard let own = try file.settings(in: document) else { throw .noSettingsInPyproject(file.name) }
    let table = try file.extended(own)
    let variables = EnvironmentVariables(usesVariables ? environment : [:])
    let root = SettingsSection(
      root: table, variables: variables.settings, environment: environment, problems: problems)
    for name in variables.tooDeep {
      problems.report(variable: "`\(name)` has more than \(TOMLDocument.maximumDepth) parts")
    }
    var reader = ConfigurationReader(root: root, directory: file.directory)
    reader.readTopLevel(readOthers)
    try problems.throwAny(file: file.name)
    return reader.configuration
  }

  private init(root: SettingsSection, directory: String) {
    self.root = root
    self.directory = directory
  }

  private mutating func readTopLevel(_ readOthers: (SettingsSection, SettingsSection?) -> Void) {
    readProject()
    configuration.store = root.string("store")
    configuration.createsTablesAutomatically = root.boolean("auto_create_tables") ?? false
    configuration.isLocked = root.boolean("locked") ?? false
    configuration.hashTruncationLength = root.integer("hash_truncation_length")
    if let length = configuration.hashTruncationLength, length < ProjectRules.leastTruncationLength {
      root.report(
        "hash_truncation_length",
        "`hash_truncation_length` must be at least \(ProjectRules.leastTruncationLength), found \(length)")
    }
    root.expect(ConfigurationKeys.command)
    root.expect(["extend"])
    // Sections of other extensions are not checked, unless the name is one of these mistyped.
    let extensions = root.section("ext")
    let known = ["sqlmodel", "migrations"]
    for name in extensions?.sectionNames ?? [] where !known.contains(name) {
      guard let meant = Suggestion.closest(to: name, in: known, within: 2) else { continue }
      extensions?.report(name, "unknown section `[ext.\(name)]`: did you mean `[ext.\(meant)]`?")
    }
    if let section = extensions?.section("sqlmodel") { readSQLModel(section) }
    let migrations = extensions?.section("migrations")
    migrations?.expect(ConfigurationKeys.migrations)
    if let migrations {
      configuration.timeouts = migrations.timeouts(default: configuration.timeouts)
      readGeneration(migrations)
    }
    readOthers(root, migrations)
    readStores(metaxy: root.section("stores"), own: migrations?.section("stores"))
    migrations?.rejectUnknown()
    root.rejectUnknown(accepting: ConfigurationKeys.foreignTopLevel)
  }

  private mutating func readProject() {
    guard let project = root.string("project") else { return }
    configuration.project = project
    if let problem = ProjectRules.problem(ofName: project) {
      root.report("project", "`project` \(problem), found `\(project)`")
    }
  }

  private mutating func readGeneration(_ section: SettingsSection) {
    guard let text = section.string("generation") else { return }
    configuration.generation = Generation(rawValue: text)
    if configuration.generation == nil {
      section.report("generation", "`generation` must be `seed` or `0.1`, found `\(text)`")
    }
  }

  private mutating func readSQLModel(_ section: SettingsSection) {
    let enable = section.boolean("enable")
    let enabled = section.boolean("enabled")
    if let enable, let enabled, enable != enabled {
      section.report("enabled", "`enable` and `enabled` have different values: keep one of them")
    }
    configuration.sqlModel.isEnabled = enable ?? enabled ?? false
    configuration.sqlModel.infersTableNames = section.boolean("infer_db_table_names") ?? true
    configuration.sqlModel.managesSystemTables = section.boolean("system_tables") ?? true
    section.rejectUnknown(accepting: ConfigurationKeys.foreignSQLModel)
  }
}

// MARK: - Extensions

extension ConfigurationReader {
  mutating func change(_ change: (inout Configuration) -> Void) { change(&configuration) }
}
