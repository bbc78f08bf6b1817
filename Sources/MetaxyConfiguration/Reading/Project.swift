package import MetaxyErrors
import MetaxyFiles

/// A configuration and the directory that it belongs to.
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

  /// The directory of the configuration file, to which relative paths are relative.
  package let root: String
  package let configFile: String
  package let workingDirectory: String
  package let configuration: Configuration
  /// Warnings about the configuration, one sentence each.
  package let warnings: [String]
  package let overrides: Overrides

  package init(
    root: String, configFile: String, workingDirectory: String, configuration: Configuration, warnings: [String],
    overrides: Overrides
  ) {
    self.root = root
    self.configFile = configFile
    self.workingDirectory = workingDirectory
    self.configuration = configuration
    self.warnings = warnings
    self.overrides = overrides
  }

  /// Finds and reads the configuration. Precedence: flags, variables, the file, the defaults.
  ///
  /// - Throws: `no_configuration`, `invalid_toml`, `invalid_configuration` with all problems.
  package static func load(
    from workingDirectory: String, environment: [String: String], overrides: Overrides = Overrides()
  ) throws(MetaxyError) -> Project {
    let file = try ConfigurationFile.find(from: workingDirectory, environment: environment, overrides: overrides)
    let (configuration, warnings) = try ConfigurationReader.read(
      file, try Files.text(at: file.path), environment: environment)
    return Project(
      root: file.directory, configFile: file.path, workingDirectory: workingDirectory, configuration: configuration,
      warnings: warnings, overrides: overrides)
  }

  /// Returns a path for display: relative to the project's root if it is below it.
  package func displayPath(_ path: String) -> String { Paths.displayPath(path, from: root) }
}
