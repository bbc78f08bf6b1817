/// A Swift file to read features from.
package struct SourceFile: Sendable, Hashable {
  /// The path to open.
  package var path: String
  /// The path as diagnostics show it.
  package var shownPath: String

  package init(path: String, shownPath: String) {
    self.path = path
    self.shownPath = shownPath
  }

  package init(_ path: String) { self.init(path: path, shownPath: path) }
}
