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

  /// Writes `bytes` atomically: to a temporary file next to `path`, which is then moved to `path`.
  ///
  /// - Parameters:
  ///   - replacing: whether to replace an existing file; if false, an existing file is an error.
  ///   - isDurable: whether to wait until the disk has them: a crash of the system can damage a file that it does not have.
  /// - Throws: `unwritable_file` with the system's reason.
  package static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool = false, isDurable: Bool = true
  ) throws(MetaxyError) {
    let draft = "\(path).\(getpid())\(draftEnding)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritableFile(path, reason: systemReason()) }
    var failure = Descriptor.write(bytes, to: descriptor)
    if failure == nil, isDurable, fsync(descriptor) != 0 { failure = systemReason() }
    if close(descriptor) != 0, failure == nil { failure = systemReason() }
    if failure == nil {
      // `link`, unlike `rename`, fails if the file exists.
      let moved = replacing ? rename(draft, path) : link(draft, path)
      if moved != 0 { failure = systemReason() }
    }
    unlink(draft)  // already gone after a rename
    if let failure { throw .unwritableFile(path, reason: failure) }
  }

  private static let draftEnding = ".tmp"

  /// Removes the temporary files that killed programs left in a directory, while none writes to it.
  package static func removeDrafts(in directory: String) throws(MetaxyError) {
    for name in try names(in: directory) where name.hasSuffix(draftEnding) {
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
