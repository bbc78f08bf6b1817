internal import MetaxyErrors
internal import MetaxyFiles

/// The content of a directory: all files and directories below it, with their bytes.
package struct DirectorySnapshot: Sendable, Hashable {
  /// The bytes of files by path; nil for directories.
  private var entries: [String: [UInt8]?] = [:]

  package init(of directory: String) throws {
    try add("", of: directory)
  }

  private mutating func add(_ path: String, of directory: String) throws {
    for name in try Files.names(in: Paths.resolve(path, in: directory)) {
      let child = path.isEmpty ? name : "\(path)/\(name)"
      let full = Paths.resolve(child, in: directory)
      if Files.kind(of: full) == .directory {
        entries[child] = .some(nil)
        try add(child, of: directory)
      } else if !name.hasSuffix("-metaxy.lock") {
        // The lock file is never removed: a process could otherwise lock a file that another one has just deleted.
        entries[child] = try Files.bytes(at: full)
      }
    }
  }

  /// Returns the differences to `later`: `+ added`, `- removed`, `~ changed`.
  package func changes(to later: DirectorySnapshot) -> [String] {
    Set(entries.keys).union(later.entries.keys).sorted().compactMap { path in
      switch (entries[path], later.entries[path]) {
      case (nil, _): "+ \(path)"
      case (_, nil): "- \(path)"
      case (let old, let new): old == new ? nil : "~ \(path)"
      }
    }
  }
}
