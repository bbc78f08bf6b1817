package import MetaxyConfiguration
package import MetaxyErrors
internal import MetaxyFiles

/// A configuration as the command reads it, and the directory that it belongs to.
package struct Project: Sendable {
  /// The command-line options, which take precedence over the environment variables and the file.
  package struct Overrides: Sendable, Hashable {
    /// `--config-file`.
    package var configFile: String?
    /// `--store`.
    package var store: String?
    /// `-c`: an environment's directory, an `alembic.ini`, or a configuration file.
    package var environment: String?

    package init(configFile: String? = nil, store: String? = nil, environment: String? = nil) {
      self.configFile = configFile
      self.store = store
      self.environment = environment
    }
  }

  /// What programs read, too.
  private var stores: ConfiguredStores
  private let settings: ProjectSettings
  package let workingDirectory: String
  package let overrides: Overrides

  init(_ stores: ConfiguredStores, _ settings: ProjectSettings, in workingDirectory: String, overrides: Overrides) {
    self.stores = stores
    self.settings = settings
    self.workingDirectory = workingDirectory
    self.overrides = overrides
  }

  /// Finds and reads the configuration. Precedence: flags, variables, the file, the defaults.
  ///
  /// - Throws: `no_configuration`, `invalid_toml`, `invalid_configuration` with all problems.
  package static func load(
    from workingDirectory: String, environment: [String: String], overrides: Overrides = Overrides()
  ) throws(MetaxyError) -> Project {
    let named = try ConfigurationFile.named(in: workingDirectory, environment: environment, overrides: overrides)
    let file = try ConfigurationFile.find(from: workingDirectory, named: named)
    var (configuration, settings) = try ProjectSettings.read(
      file, try Files.text(at: file.path), environment: environment)
    if let store = AlembicStore(of: settings.migrations, in: file.directory).store(
      overrides, workingDirectory, configuration)
    {
      configuration.stores = [store]
      settings.migrations.finishDialects(configuration)
    }
    let stores = ConfiguredStores(file, configuration, choosing: overrides.store)
    return Project(stores, settings, in: workingDirectory, overrides: overrides)
  }
}

// MARK: - Settings

extension Project {
  package var entrypoints: [Entrypoint] { settings.entrypoints }
  package var migrations: MigrationSettings { settings.migrations }
  /// Warnings about the configuration, one sentence each.
  package var warnings: [String] { settings.warnings }

  /// The directory of the configuration file, to which relative paths are relative.
  package var root: String { stores.root }
  package var configFile: String { stores.configFile }
  package var configuration: Configuration { stores.configuration }

  /// The same project without its servers: `scratch_url` is the only one that is connected to.
  package var withoutServers: Project {
    var project = self
    project.stores = stores.withoutServers
    return project
  }

  /// Returns a path for display: relative to the project's root if it is below it.
  package func displayPath(_ path: String) -> String { stores.displayPath(path) }

  /// Returns the store of a command: the one named by a flag, by `METAXY_STORE` or by `store`, or the only one.
  ///
  /// - Throws: `unknown_store`, `unusable_store`, `no_store`, `ambiguous_store`.
  package func store() throws(MetaxyError) -> Store { try stores.store() }

  /// Returns a store by its name.
  package func store(named name: String) throws(MetaxyError) -> Store { try stores.store(named: name) }
}
