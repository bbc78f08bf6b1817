package import MetaxyErrors
import MetaxyFiles

/// A configuration with the directory it is for.
package struct Project: Sendable {
  /// What a command line says before the environment and the file.
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

  /// The directory of the configuration file, where relative paths begin.
  package let root: String
  package let configFile: String
  package let workingDirectory: String
  package let configuration: Configuration
  /// What is odd, but no error: a sentence each.
  package let warnings: [String]
  let overrides: Overrides

  /// Finds the configuration and reads it: flags before variables before the file before the defaults.
  ///
  /// - Throws: `no_configuration`, `invalid_toml`, `invalid_configuration` with every problem there is.
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

  /// Returns a path as it is shown to people: from the project's root when it lies in it.
  package func displayPath(_ path: String) -> String { Paths.displayPath(path, from: root) }
}
