package import MetaxyErrors
internal import MetaxyPlatform

/// Keeps other programs of metaxy from writing files to a directory, as long as the value exists.
///
/// The lock is on the directory itself, so it leaves no file, and the system frees it when the process ends.
package final class DirectoryLock {
  private let descriptor: Int32

  /// Waits until no other program holds the lock.
  ///
  /// - Parameters:
  ///   - patience: the longest time to wait, in milliseconds.
  ///   - waiting: called once if another program holds it.
  /// - Throws: `unwritable_file` if the directory cannot be locked in time.
  package init(
    _ directory: String, patience: Int = 60_000, waiting: () -> Void
  ) throws(MetaxyError) {
    descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritableFile(directory, reason: Self.reason(errno)) }
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let error = errno
      if error != EWOULDBLOCK, error != EINTR { throw .unwritableFile(directory, reason: Self.reason(error)) }
      guard waited < patience else {
        throw .unwritableFile(directory, reason: "another metaxy has been writing to it for \(patience / 1000) s")
      }
      if waited == 0 { waiting() }
      usleep(50_000)
      waited += 50
    }
  }

  deinit { close(descriptor) }

  private static func reason(_ error: Int32) -> String { String(cString: strerror(error)).lowercased() }
}
