package import MetaxyErrors
import MetaxyFeatures
import MetaxyTOML

/// Reads a configuration from a file's text and the environment variables.
package struct ConfigurationReader {
  let root: SettingsSection
  let variables: EnvironmentVariables
  /// The directory of the configuration file.
  let directory: String
  private(set) var configuration = Configuration()
  private(set) var warnings: [String] = []

  /// Reads the whole configuration.
  ///
  /// - Parameters:
  ///   - environment: the variables that the file's texts can refer to.
  ///   - usesVariables: whether its `METAXY_*` variables are also settings.
  /// - Throws: `invalid_toml`, or `invalid_configuration` with all problems.
  package static func read(
    _ file: ConfigurationFile, _ text: String, environment: [String: String], usesVariables: Bool = true
  ) throws(MetaxyError) -> (Configuration, warnings: [String]) {
    let problems = ConfigurationProblems()
    let document = try TOMLDocument(text, file: file.name).root
    guard let table = try file.settings(in: document) else { throw .noSettingsInPyproject(file.name) }
    let variables = EnvironmentVariables(usesVariables ? environment : [:])
    let root = SettingsSection(
      root: table, variables: variables.settings, environment: environment, problems: problems)
    var reader = ConfigurationReader(root: root, variables: variables, directory: file.directory)
    reader.readTopLevel(table)
    try problems.throwAny(file: file.name)
    return (reader.configuration, reader.warnings)
  }

  private init(root: SettingsSection, variables: EnvironmentVariables, directory: String) {
    self.root = root
    self.variables = variables
    self.directory = directory
  }

  private mutating func readTopLevel(_ table: TOMLTable) {
    readProject()
    configuration.store = root.string("store")
    configuration.createsTablesAutomatically = root.boolean("auto_create_tables") ?? false
    configuration.hashTruncationLength = root.integer("hash_truncation_length")
    if let length = configuration.hashTruncationLength, length < ProjectRules.leastTruncationLength {
      root.report(
        "hash_truncation_length",
        "`hash_truncation_length` must be at least \(ProjectRules.leastTruncationLength), found \(length)")
    }
    configuration.entrypoints = entrypoints(in: table)
    // Sections of other extensions are not checked.
    let extensions = root.section("ext")
    if let section = extensions?.section("sqlmodel") { readSQLModel(section) }
    let migrations = extensions?.section("migrations")
    if let migrations { readMigrations(migrations) }
    readStores(metaxy: root.section("stores"), own: migrations?.section("stores"))
    migrations?.rejectUnknown()
    finishDialects()
    if table["extend"] != nil {
      warnings.append("`extend` in the configuration is not followed: settings of the other file are not used")
    }
    root.rejectUnknown(accepting: ConfigurationKeys.foreignTopLevel)
  }

  private mutating func readProject() {
    guard let project = root.string("project") else { return }
    configuration.project = project
    if let problem = ProjectRules.problem(ofName: project) {
      root.report("project", "`project` \(problem), found `\(project)`")
    }
  }

  private func entrypoints(in table: TOMLTable) -> [Entrypoint] {
    let written = root.strings("entrypoints") ?? []
    guard variables.entrypoints.isEmpty else {
      return variables.entrypoints.flatMap { variable in
        (VariableList.items(variable.text) ?? [variable.text]).map {
          Entrypoint(text: $0, origin: .variable(variable.name))
        }
      }
    }
    guard case .array(let values) = table["entrypoints"]?.value.content, values.count == written.count else {
      return []
    }
    return zip(written, values).map { Entrypoint(text: $0, origin: .file($1.location)) }
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
