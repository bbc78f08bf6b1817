internal import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyFileWriting
import MetaxyFiles
import MetaxyTOML

extension Project {
  /// Creates a configuration and its environments unless they exist.
  ///
  /// The only environment variables that apply are `METAXY_CONFIG` and those that `${NAME}` refers to: the written
  /// files must be valid without the others. Existing settings in a `pyproject.toml` stay there. A `pyproject.toml`
  /// without settings is not changed unless it is named explicitly, and a `metaxy.toml` is written.
  ///
  /// With `--store`, only the environments of that store are created.
  ///
  /// - Parameters:
  ///   - directory: the one environment to create, relative to the working directory: the system environment if it is
  ///     `system_directory`, otherwise the user environment; nil for both.
  ///   - versionTable: the name of the user environment's version table if the default name is already used in the
  ///     database.
  ///   - systemVersionTable: the name of the system environment's version table, if the database has one already.
  ///   - generation: the generation of Metaxy, if the database shows one and the configuration has none.
  /// - Throws: `not_an_environment` for a directory with other content; nothing is written then.
  package static func initialise(
    in workingDirectory: String, environment: [String: String], overrides: Overrides = Overrides(),
    directory: String? = nil, versionTable: String? = nil, systemVersionTable: String? = nil, generation: String? = nil
  ) throws(MetaxyError) -> InitialisationReport {
    let named = try ConfigurationFile.named(in: workingDirectory, environment: environment, overrides: overrides)
    let found = named == nil ? try ConfigurationFile.search(from: workingDirectory) : nil
    let file =
      named?.file ?? found
      ?? ConfigurationFile(path: Paths.resolve(ConfigurationFile.ownName, in: workingDirectory))
    var initialiser = try ProjectInitialiser(
      file: file, environment: environment, directory: directory.map { Paths.resolve($0, in: workingDirectory) },
      store: overrides.store, versionTable: versionTable,
      systemVersionTable: systemVersionTable)
    initialiser.generation = generation
    return try initialiser.run()
  }
}

/// Writes the files of a new project.
struct ProjectInitialiser {
  private let file: ConfigurationFile
  private let root: String
  /// Empty if there is no file.
  private let text: String
  /// Whether the file has settings.
  private let isConfigured: Bool
  private let configuration: Configuration
  private let settings: ProjectSettings
  private let environments: [(kind: MigrationEnvironment.Kind, directory: String)]
  private let versionTable: String?
  private let systemVersionTable: String?
  /// The generation that the configuration gets; nil to leave it as it is.
  fileprivate var generation: String?

  init(
    file: ConfigurationFile, environment: [String: String], directory: String?, store: String?, versionTable: String?,
    systemVersionTable: String? = nil
  ) throws(MetaxyError) {
    self.file = file
    self.root = file.directory
    self.versionTable = versionTable
    self.systemVersionTable = systemVersionTable
    let exists = Files.kind(of: file.path) != nil
    text = exists ? try Files.text(at: file.path) : ""
    isConfigured = exists ? try file.settings(in: TOMLDocument(text, file: file.name).root) != nil : false
    var configuration = Configuration()
    configuration.sqlModel.isEnabled = true  // as in the template
    var settings = ProjectSettings()
    if isConfigured {
      (configuration, settings) = try ProjectSettings.read(file, text, environment: environment, usesVariables: false)
      // Commands need the system environment also where only a variable enables it.
      let enabling = environment.filter { !$0.key.hasPrefix("METAXY_") || $0.key.contains("SQLMODEL") }
      if try ProjectSettings.read(file, text, environment: enabling).configuration.sqlModel.isEnabled {
        configuration.sqlModel.isEnabled = true
      }
    }
    self.configuration = configuration
    self.settings = settings
    let project = Project(
      ConfiguredStores(file, configuration, choosing: nil), settings, in: root, overrides: Project.Overrides())
    self.environments = try Self.environments(
      of: project, directory: directory,
      store: try store.map { name throws(MetaxyError) in try project.store(named: name) })
  }

  private static func environments(
    of project: Project, directory: String?, store: Store?
  ) throws(MetaxyError) -> [(kind: MigrationEnvironment.Kind, directory: String)] {
    let system = project.directory(of: .system, for: nil)
    guard let directory else {
      let users = directories(of: .user, for: store, in: project).map {
        (kind: MigrationEnvironment.Kind.user, directory: $0)
      }
      guard project.hasSystemEnvironment else { return users }
      return users + directories(of: .system, for: store, in: project).map { (kind: .system, directory: $0) }
    }
    let systems = [system] + project.configuration.stores.map { project.directory(of: .system, for: $0) }
    guard systems.contains(directory) else { return [(.user, directory)] }
    try project.requireSystemEnvironment()
    return [(.system, directory)]
  }

  /// The directories that the stores use, each once; a store without one of its own uses the project's.
  private static func directories(
    of kind: MigrationEnvironment.Kind, for store: Store?, in project: Project
  ) -> [String] {
    if let store { return [project.directory(of: kind, for: store)] }
    let stores = project.configuration.stores.isEmpty ? [nil] : project.configuration.stores.map(Optional.some)
    var seen: Set<String> = []
    return stores.map { project.directory(of: kind, for: $0) }.filter { seen.insert($0).inserted }
  }

  func run() throws(MetaxyError) -> InitialisationReport {
    for environment in environments { try requireUsable(environment.directory) }
    var report = InitialisationReport(configFile: file.path)
    try writeConfiguration(&report)
    for environment in environments { try makeEnvironment(environment.kind, environment.directory, &report) }
    return report
  }

  /// Refuses a directory with content that is not an environment.
  private func requireUsable(_ directory: String) throws(MetaxyError) {
    guard !isEnvironment(directory) else { return }
    switch Files.kind(of: directory) {
    case nil: return
    case .directory: guard try !Files.names(in: directory).isEmpty else { return }
    case .file, .other: break
    }
    throw .occupiedDirectory(displayPath(directory))
  }

  private func isEnvironment(_ directory: String) -> Bool {
    Files.kind(of: MigrationEnvironment.versions(in: directory)) == .directory
  }

  private func writeConfiguration(_ report: inout InitialisationReport) throws(MetaxyError) {
    let user = environments.first { $0.kind == .user }.map { displayPath($0.directory) }
    let edited = isConfigured ? try edited(userDirectory: user) : withTemplate(userDirectory: user)
    if edited == text {
      report.kept.append(displayPath(file.path))
    } else if Files.kind(of: file.path) == nil {
      try Files.createDirectory(root)
      try Files.write(edited, to: file.path)
      report.created.append(displayPath(file.path))
    } else {
      // Writes to the target of a symbolic link instead of replacing the link.
      try Files.write(edited, to: SourceTree.canonical(file.path), replacing: true)
      report.changed.append(displayPath(file.path))
    }
  }

  /// Returns the text with the settings of a new project appended.
  private func withTemplate(userDirectory: String?) -> String {
    let settings = settings.migrations
    let template = ConfigurationTemplate.configuration(
      below: file.keys, project: ConfigurationTemplate.projectName(of: root),
      directory: userDirectory ?? settings.directory, systemDirectory: settings.systemDirectory,
      versionTable: versionTable)
    guard !text.isEmpty else { return template }
    return text + (text.utf8.last == UInt8(ascii: "\n") ? "\n" : "\n\n") + template
  }

  private func edited(userDirectory: String?) throws(MetaxyError) -> String {
    var text = text
    let settings = settings.migrations
    // A store can have its own environment.
    let named = ([settings.directory] + configuration.stores.compactMap(\.directory)).map {
      Paths.resolve($0, in: root)
    }
    if let userDirectory, !named.contains(Paths.resolve(userDirectory, in: root)) {
      text = try ConfigurationEditor(text: text, file: file).setting("directory", to: userDirectory)
    }
    if let versionTable, versionTable != settings.versionTable {
      text = try ConfigurationEditor(text: text, file: file).setting("version_table", to: versionTable)
    }
    if let systemVersionTable, systemVersionTable != settings.systemVersionTable {
      text = try ConfigurationEditor(text: text, file: file).setting("system_version_table", to: systemVersionTable)
    }
    if let generation {
      text = try ConfigurationEditor(text: text, file: file).setting("generation", to: generation)
    }
    return text
  }

  private func makeEnvironment(
    _ kind: MigrationEnvironment.Kind, _ directory: String, _ report: inout InitialisationReport
  ) throws(MetaxyError) {
    guard !isEnvironment(directory) else {
      report.kept.append(displayPath(directory))
      return
    }
    let versions = MigrationEnvironment.versions(in: directory)
    try Files.createDirectory(versions)
    // Git does not store empty directories.
    try Files.write("", to: Paths.resolve(".gitkeep", in: versions))
    if kind == .system {
      try Files.write(
        ConfigurationTemplate.alembicINI(location: displayPath(directory)),
        to: Paths.resolve("alembic.ini", in: directory))
    }
    report.created.append(displayPath(directory))
  }

  private func displayPath(_ path: String) -> String { Paths.displayPath(path, from: root) }
}
