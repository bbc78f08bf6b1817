/// What `metaxy init` did. Paths are as they are shown, from the directory of the configuration file.
public struct InitialisationReport: Sendable, Hashable {
  /// The configuration file, absolute.
  public let configFile: String
  public internal(set) var created: [String] = []
  public internal(set) var kept: [String] = []
  public internal(set) var changed: [String] = []
}
