/// A Swift file to read features from.
public struct SourceFile: Sendable, Hashable {
  /// The path to open.
  public var path: String
  /// The path as diagnostics show it.
  public var shownPath: String

  public init(path: String, shownPath: String) {
    self.path = path
    self.shownPath = shownPath
  }

  public init(_ path: String) { self.init(path: path, shownPath: path) }
}
