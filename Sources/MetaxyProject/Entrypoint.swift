/// A file, a directory or a glob where features are declared.
public struct Entrypoint: Sendable, Hashable {
  /// As it is written; relative to the directory of the configuration file, whoever names it.
  public let text: String
  /// Where it is named.
  public let origin: Origin
}
