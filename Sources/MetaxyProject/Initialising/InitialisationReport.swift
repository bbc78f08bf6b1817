/// The result of `metaxy init`. Paths are for display, relative to the directory of the configuration file.
package struct InitialisationReport: Sendable, Hashable {
  /// The configuration file, absolute.
  package let configFile: String
  package internal(set) var created: [String] = []
  package internal(set) var kept: [String] = []
  package internal(set) var changed: [String] = []
}
