/// A Swift file to read features from.
package struct SourceFile: Sendable, Hashable {
  /// The path to open.
  package var path: String
  /// The path for display.
  package var displayPath: String

  package init(path: String, displayPath: String) {
    self.path = path
    self.displayPath = displayPath
  }

  package init(_ path: String) { self.init(path: path, displayPath: path) }
}
