internal import MetaxyErrors
internal import MetaxyEssentials
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyPlatform
internal import Synchronization

/// A temporary directory, removed with the value.
package final class TemporaryDirectory: Sendable {
  /// The absolute path, without symbolic links.
  package let path: String

  package init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/metaxy-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw ChildProcessFailure(reason: "no temporary directory in `\(base)`: \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    path = String(cString: real)
  }

  deinit { remove() }

  /// Writes a file and replaces an existing one; creates missing directories.
  package func write(_ text: String, to name: String) throws {
    let file = "\(path)/\(name)"
    try Files.createDirectory(Paths.parent(of: file))
    try Files.write(text, to: file, replacing: true)
  }

  private func remove() {
    try? FileManager.default.removeItem(atPath: path)  // a remaining directory is harmless
  }

  /// Returns a new directory that is removed when the tests end: for files that a connection may keep open after its value
  /// was released.
  package static func untilExit() throws -> String {
    let path = try "\(root.get().path)/\(count.add(1, ordering: .relaxed).newValue)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
  }

  private static let root: Result<TemporaryDirectory, any Error> = Result {
    atexit { try? TemporaryDirectory.root.get().remove() }
    return try TemporaryDirectory()
  }
  private static let count = Atomic(0)
}
