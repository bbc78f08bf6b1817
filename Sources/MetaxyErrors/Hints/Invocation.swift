/// The flags of a command line that a suggested command must repeat to work on the same database.
///
/// Paths are as seen from the working directory.
package struct Invocation: Sendable, Hashable {
  /// The value of `--config-file`.
  package var configFile: String?
  /// The value of `--store`.
  package var store: String?
  /// The value of `-c`.
  package var environment: String?
  /// Whether the settings are in a `pyproject.toml`, whose tables have longer names.
  package var isPyproject = false

  package init(
    configFile: String? = nil, store: String? = nil, environment: String? = nil, isPyproject: Bool = false
  ) {
    self.isPyproject = isPyproject
    self.configFile = configFile
    self.store = store
    self.environment = environment
  }
}
