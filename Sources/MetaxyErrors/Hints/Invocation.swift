/// The flags of a command line that a suggested command must repeat to work on the same database.
///
/// Paths are as seen from the working directory.
package struct Invocation: Sendable, Hashable {
  /// `--config-file`
  package var configFile: String?
  /// `--store`
  package var store: String?
  /// `-c`
  package var environment: String?

  package init(configFile: String? = nil, store: String? = nil, environment: String? = nil) {
    self.configFile = configFile
    self.store = store
    self.environment = environment
  }
}
