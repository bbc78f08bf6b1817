package import MetaxyConfiguration
package import MetaxyErrors
import MetaxyFiles

extension Project {
  /// Returns the environment of a command: the one named by `-c`, or the user environment.
  ///
  /// - Throws: `not_an_environment` with the list of environments; `system_tables_disabled`.
  package func environment(for store: Store? = nil) throws(MetaxyError) -> MigrationEnvironment {
    let environment: MigrationEnvironment
    if let argument = overrides.environment, !argument.hasSuffix(".toml") {
      environment = try self.environment(at: argument, for: store)
    } else {
      environment = try self.environment(.user, for: store)
    }
    guard environment.isInitialised else {
      let own = environment.kind == .user ? store?.directory : store?.systemDirectory
      throw .notInitialised(
        environment.kind, Paths.displayPath(environment.directory, from: workingDirectory),
        ownedBy: own == nil ? nil : store)
    }
    return environment
  }

  /// Returns one environment, initialised or not.
  ///
  /// - Throws: `system_tables_disabled` for the system environment of a project without one.
  package func environment(
    _ kind: MigrationEnvironment.Kind, for store: Store? = nil
  ) throws(MetaxyError) -> MigrationEnvironment {
    if kind == .system { try requireSystemEnvironment() }
    return try environment(kind, for: store, ini: nil)
  }

  /// Returns the enabled environments, the system environment first, initialised or not.
  package func environments(for store: Store? = nil) throws(MetaxyError) -> [MigrationEnvironment] {
    let user = try environment(.user, for: store)
    return hasSystemEnvironment ? [try environment(.system, for: store), user] : [user]
  }

  /// Whether `[ext.sqlmodel]` enables the system environment.
  package var hasSystemEnvironment: Bool {
    configuration.sqlModel.isEnabled && configuration.sqlModel.managesSystemTables
  }

  func requireSystemEnvironment() throws(MetaxyError) {
    guard configuration.sqlModel.isEnabled else { throw .systemTablesDisabled(key: "enable", value: false) }
    guard configuration.sqlModel.managesSystemTables else {
      throw .systemTablesDisabled(key: "system_tables", value: false)
    }
  }

  /// Returns the configured absolute path of an environment's directory.
  package func directory(of kind: MigrationEnvironment.Kind, for store: Store?) -> String {
    switch kind {
    case .user: Paths.resolve(store?.directory ?? migrations.directory, in: root)
    case .system: Paths.resolve(store?.systemDirectory ?? migrations.systemDirectory, in: root)
    }
  }

  /// Returns the environment at a path: its directory, an `alembic.ini` in it, or one that points to it.
  private func environment(at argument: String, for store: Store?) throws(MetaxyError) -> MigrationEnvironment {
    let path = Paths.resolve(argument, in: workingDirectory)
    let isINI = path.hasSuffix(".ini")
    if let kind = kind(of: isINI ? Paths.parent(of: path) : path, for: store) {
      if kind == .system { try requireSystemEnvironment() }
      return try environment(kind, for: store, ini: isINI ? path : nil)
    }
    if isINI, Files.kind(of: path) == .file {
      let ini = try AlembicINI.read(path, displayText: displayPath(path))
      if let location = try ini.scriptLocation(root: root), let kind = kind(of: location, for: store) {
        if kind == .system { try requireSystemEnvironment() }
        return try environment(kind, for: store, ini: path)
      }
    }
    throw .notAnEnvironment(
      argument,
      environments: try environments(for: store).filter(\.isInitialised).map {
        (kind: $0.kind, directory: Paths.displayPath($0.directory, from: workingDirectory))
      })
  }

  private func kind(of directory: String, for store: Store?) -> MigrationEnvironment.Kind? {
    let canonical = SourceTree.canonical(directory)
    return MigrationEnvironment.Kind.allCases.first {
      SourceTree.canonical(self.directory(of: $0, for: store)) == canonical
    }
  }

  private func environment(
    _ kind: MigrationEnvironment.Kind, for store: Store?, ini named: String?
  ) throws(MetaxyError) -> MigrationEnvironment {
    let directory = directory(of: kind, for: store)
    let settings = migrations
    let path = named ?? Paths.resolve("alembic.ini", in: directory)
    let ini = Files.kind(of: path) == .file ? try AlembicINI.read(path, displayText: displayPath(path)) : nil
    let ownTable = kind == .user ? settings.versionTable : settings.systemVersionTable
    var environment = MigrationEnvironment(
      kind: kind, directory: try ini?.scriptLocation(root: root) ?? directory, versionLocations: [],
      versionTable: ownTable ?? kind.defaultVersionTable)
    environment.versionLocations = [MigrationEnvironment.versions(in: environment.directory)]
    environment.fileTemplate = settings.fileTemplate
    environment.timezone = settings.timezone
    environment.postWriteHooks = settings.postWriteHooks ?? []
    try ini?.apply(to: &environment, settings: settings, store: store, besides: configuration.stores, root: root)
    return environment
  }
}
