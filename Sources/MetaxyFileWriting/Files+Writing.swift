package import MetaxyErrors
internal import MetaxyEssentials
package import MetaxyFiles
internal import MetaxyPlatform

extension Files {
  /// Writes `text` atomically: to a temporary file next to `path`, which is then moved to `path`.
  ///
  /// - Parameter replacing: whether to replace an existing file; if false, an existing file is an error.
  /// - Throws: `unwritable_file` with the system's reason.
  package static func write(_ text: String, to path: String, replacing: Bool = false) throws(MetaxyError) {
    try write(Array(text.utf8), to: path, replacing: replacing)
  }

  /// Writes `bytes` atomically, as ``write(_:to:replacing:)``.
  ///
  /// - Parameter isDurable: whether to wait until the disk has them: a crash of the system can damage a file that it does not
  ///   have.
  /// - Throws: `unwritable_file` with the system's reason.
  package static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool = false, isDurable: Bool = true
  ) throws(MetaxyError) {
    let draft = try FileDraft(of: path)
    try draft.write(bytes)
    try draft.finish(replacing: replacing, isDurable: isDurable)
  }

  /// Removes the temporary files that killed programs left in a directory, while none writes to it.
  package static func removeDrafts(in directory: String) throws(MetaxyError) {
    for name in try names(in: directory) where name.hasSuffix(FileDraft.ending) {
      let parts = name.split(separator: ".")
      guard parts.count > 2, parts[parts.count - 2].allSatisfy(\.isNumber) else { continue }
      unlink("\(directory)/\(name)")
    }
  }

  /// Removes the file at `path`.
  package static func remove(_ path: String) throws(MetaxyError) {
    guard unlink(path) == 0 else { throw .unwritableFile(path, reason: systemReason()) }
  }

  /// Creates a directory and its missing parents; does nothing if it exists.
  package static func createDirectory(_ path: String) throws(MetaxyError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      let reason = kind(of: path) == .file ? "a file with that name exists" : systemReason()
      throw .unwritableFile(path, reason: reason)
    }
  }
}

extension MetaxyError {
  static func unwritableFile(_ path: String, reason: String) -> MetaxyError {
    MetaxyError(.unwritableFile, "cannot write `\(path)`: \(reason)", Payload(path: path))
  }
}
