internal import MetaxyEssentials

/// Arithmetic on paths as texts; nothing here looks at the disk but ``current``.
package enum Paths {
  /// The working directory.
  package static var current: String { FileManager.default.currentDirectoryPath }

  /// Returns `path` as seen from `base`, absolute and without `.` and `..`.
  package static func resolve(_ path: String, in base: String) -> String {
    let full = path.hasPrefix("/") ? path : base + "/" + path
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns an absolute path as it is shown to people: from `base` when it lies below it, else as it is.
  package static func displayPath(_ path: String, from base: String) -> String {
    if path == base { return "." }
    let prefix = base.hasSuffix("/") ? base : base + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// Returns the directory above; the root is its own.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns what stands after the last slash.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
