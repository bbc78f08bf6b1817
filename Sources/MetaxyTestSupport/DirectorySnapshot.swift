internal import MetaxyErrors
internal import MetaxyFiles

/// Every file and directory below a directory, with the bytes.
package struct DirectorySnapshot: Sendable, Hashable {
  /// The bytes of files by their paths; nil for directories.
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
        // The lock's file stays on purpose: nobody can lock what another one has just removed.
        entries[child] = try Files.bytes(at: full)
      }
    }
  }

  /// What differs in `later`: `+ new`, `- gone`, `~ changed`.
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
