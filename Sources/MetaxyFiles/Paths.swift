internal import MetaxyEssentials

/// Computes with paths as strings; only ``current`` reads the system.
package enum Paths {
  /// The working directory.
  package static var current: String { FileManager.default.currentDirectoryPath }

  /// The working directory; nil if it does not exist any more.
  package static var workingDirectory: String? {
    let directory = current
    return directory.isEmpty || Files.kind(of: directory) != .directory ? nil : directory
  }

  /// Returns `path` resolved against `base`, absolute and without `.` and `..`.
  package static func resolve(_ path: String, in base: String) -> String {
    let full = path.hasPrefix("/") ? path : base + "/" + path
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns an absolute path for display.
  package static func displayPath(_ path: String, from base: String) -> String { relativePath(path, to: base) }

  /// Returns an absolute path relative to `base` if it is below `base`, otherwise unchanged. ``resolve(_:in:)`` is its
  /// inverse.
  package static func relativePath(_ path: String, to base: String) -> String {
    if path == base { return "." }
    let prefix = base.hasSuffix("/") ? base : base + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// Returns the parent directory; the root is its own parent.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the text after the last slash.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
