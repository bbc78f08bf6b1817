public import MetaxyErrors
import MetaxyFiles

extension Project {
  /// Makes a configuration and its environments, where they are not there yet.
  ///
  /// Of the environment variables only `METAXY_CONFIG` counts: what is written must hold without the others.
  ///
  /// - Parameters:
  ///   - directory: the one environment to make, from the working directory: the system's when it is
  ///     `system_directory`, else the user's; nil for both.
  ///   - versionTable: a name for the user environment's version table, where the default is taken in the database.
  /// - Throws: `not_an_environment` for a directory that holds something else; nothing is written then.
  public static func initialise(
    in workingDirectory: String, environment: [String: String], overrides: Overrides = Overrides(),
    directory: String? = nil, versionTable: String? = nil
  ) throws(MetaxyError) -> InitialisationReport {
    let named = try ConfigurationFile.named(in: workingDirectory, environment: environment, overrides: overrides)
    let file =
      named?.path ?? ConfigurationFile.search(from: workingDirectory)
      ?? Paths.resolve(ConfigurationFile.name, in: workingDirectory)
    let initialiser = try ProjectInitialiser(
      configFile: file, directory: directory.map { Paths.resolve($0, in: workingDirectory) }, versionTable: versionTable
    )
    return try initialiser.run()
  }
}

/// Makes the files of a project.
struct ProjectInitialiser {
  private let configFile: String
  private let root: String
  /// nil where there is no file yet.
  private let text: String?
  private let configuration: Configuration
  private let environments: [(kind: MigrationEnvironment.Kind, directory: String)]
  private let versionTable: String?

  init(configFile: String, directory: String?, versionTable: String?) throws(MetaxyError) {
    self.configFile = configFile
    self.root = Paths.parent(of: configFile)
    self.versionTable = versionTable
    let text = Files.kind(of: configFile) == nil ? nil : try Files.text(at: configFile)
    self.text = text
    var configuration = Configuration()
    configuration.sqlModel.isEnabled = true  // as the template says
    if let text {
      configuration = try ConfigurationReader.read(
        text, file: Paths.name(of: configFile), directory: root, environment: [:]
      ).0
    }
    self.configuration = configuration
    let project = Project(
      root: root, configFile: configFile, workingDirectory: root, configuration: configuration, warnings: [],
      overrides: Project.Overrides())
    self.environments = try Self.environments(of: project, directory: directory)
  }

  private static func environments(
    of project: Project, directory: String?
  ) throws(MetaxyError) -> [(kind: MigrationEnvironment.Kind, directory: String)] {
    let user = project.directory(of: .user, for: nil)
    let system = project.directory(of: .system, for: nil)
    guard let directory else { return [(.user, user)] + (project.hasSystemEnvironment ? [(.system, system)] : []) }
    let systems = [system] + project.configuration.stores.map { project.directory(of: .system, for: $0) }
    guard systems.contains(directory) else { return [(.user, directory)] }
    try project.requireSystemEnvironment()
    return [(.system, directory)]
  }

  func run() throws(MetaxyError) -> InitialisationReport {
    for environment in environments { try requireUsable(environment.directory) }
    var report = InitialisationReport(configFile: configFile)
    try writeConfiguration(&report)
    for environment in environments { try makeEnvironment(environment.kind, environment.directory, &report) }
    return report
  }

  /// Refuses a directory that holds something else than an environment.
  private func requireUsable(_ directory: String) throws(MetaxyError) {
    guard !isEnvironment(directory) else { return }
    switch Files.kind(of: directory) {
    case nil: return
    case .directory: guard try !Files.names(in: directory).isEmpty else { return }
    case .file, .other: break
    }
    throw .occupiedDirectory(shown(directory))
  }

  private func isEnvironment(_ directory: String) -> Bool {
    Files.kind(of: MigrationEnvironment.versions(in: directory)) == .directory
  }

  private func writeConfiguration(_ report: inout InitialisationReport) throws(MetaxyError) {
    let user = environments.first { $0.kind == .user }.map { shown($0.directory) }
    guard let text else {
      let settings = configuration.migrations
      try Files.createDirectory(root)
      try Files.write(
        ConfigurationTemplate.configuration(
          project: ConfigurationTemplate.projectName(of: root), directory: user ?? settings.directory,
          systemDirectory: settings.systemDirectory, versionTable: versionTable),
        to: configFile)
      report.created.append(shown(configFile))
      return
    }
    let edited = try edited(text, userDirectory: user)
    if edited == text {
      report.kept.append(shown(configFile))
    } else {
      // Written through a symbolic link, not in its place.
      try Files.write(edited, to: SourceTree.canonical(configFile), replacing: true)
      report.changed.append(shown(configFile))
    }
  }

  private func edited(_ text: String, userDirectory: String?) throws(MetaxyError) -> String {
    var text = text
    let file = Paths.name(of: configFile)
    let settings = configuration.migrations
    // A store may have an environment of its own.
    let named = ([settings.directory] + configuration.stores.compactMap(\.directory)).map {
      Paths.resolve($0, in: root)
    }
    if let userDirectory, !named.contains(Paths.resolve(userDirectory, in: root)) {
      text = try ConfigurationEditor(text: text, file: file).setting("directory", to: userDirectory)
    }
    if let versionTable, versionTable != settings.versionTable {
      text = try ConfigurationEditor(text: text, file: file).setting("version_table", to: versionTable)
    }
    return text
  }

  private func makeEnvironment(
    _ kind: MigrationEnvironment.Kind, _ directory: String, _ report: inout InitialisationReport
  ) throws(MetaxyError) {
    guard !isEnvironment(directory) else {
      report.kept.append(shown(directory))
      return
    }
    let versions = MigrationEnvironment.versions(in: directory)
    try Files.createDirectory(versions)
    // Git keeps no empty directories.
    try Files.write("", to: Paths.resolve(".gitkeep", in: versions))
    if kind == .system {
      try Files.write(
        ConfigurationTemplate.alembicINI(location: shown(directory)), to: Paths.resolve("alembic.ini", in: directory))
    }
    report.created.append(shown(directory))
  }

  private func shown(_ path: String) -> String { Paths.shown(path, from: root) }
}
