internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles

/// What a project keeps from one command to the next, `.metaxy/cache` beside the configuration file.
///
/// Every file of it can be lost, damaged or written by another version: that costs time, and nothing else.
struct CacheDirectory {
  private let path: String

  init(of root: String) { path = Paths.resolve(".metaxy/cache", in: root) }

  /// Returns the bytes of a file; nil if there is none that can be read.
  func bytes(of name: String) -> [UInt8]? { try? Files.bytes(at: "\(path)/\(name)") }

  /// Replaces a file, unless the directory cannot be written.
  func write(_ bytes: [UInt8], to name: String) {
    // A project that cannot be written to, as in a container, has no cache.
    try? Files.createDirectory(path)
    let ignored = "\(path)/.gitignore"
    if Files.kind(of: ignored) == nil { try? Files.write("*\n", to: ignored, replacing: true) }
    // Damaged files are found by what they hold, so that nothing waits for the disk.
    try? Files.write(bytes, to: "\(path)/\(name)", replacing: true, isDurable: false)
  }
}
