package import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyPlatform

/// A file that is written part by part and takes its place when it is complete: a temporary file next to it until then, which
/// is removed with the value.
package final class FileDraft {
  private let path: String
  private let displayPath: String
  private let draft: String
  private var descriptor: Int32

  static let ending = ".tmp"

  /// - Parameters:
  ///   - path: the file.
  ///   - displayPath: the path for errors; nil for `path`.
  /// - Throws: `unwritable_file` with the system's reason.
  package init(of path: String, displayPath: String? = nil) throws(MetaxyError) {
    self.path = path
    self.displayPath = displayPath ?? path
    draft = "\(path).\(getpid())\(Self.ending)"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritableFile(self.displayPath, reason: Files.systemReason()) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    unlink(draft)  // already gone after a rename
  }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(MetaxyError) {
    if let failure = Descriptor.write(bytes, to: descriptor) { throw .unwritableFile(displayPath, reason: failure) }
  }

  /// Makes the file take its place.
  ///
  /// - Parameters:
  ///   - replacing: whether to replace an existing file; if false, an existing file is an error.
  ///   - isDurable: whether to wait until the disk has the bytes.
  /// - Throws: `unwritable_file` with the system's reason.
  package func finish(replacing: Bool, isDurable: Bool = true) throws(MetaxyError) {
    var failure = isDurable && fsync(descriptor) != 0 ? Files.systemReason() : nil
    if close(descriptor) != 0, failure == nil { failure = Files.systemReason() }
    descriptor = -1
    if failure == nil {
      // `link`, unlike `rename`, fails if the file exists.
      let moved = replacing ? rename(draft, path) : link(draft, path)
      if moved != 0 { failure = Files.systemReason() }
    }
    if let failure { throw .unwritableFile(displayPath, reason: failure) }
  }
}
