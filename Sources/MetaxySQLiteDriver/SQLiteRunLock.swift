internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyPlatform

/// Keeps other runners away from a SQLite file for a whole run, by a lock on `<database>-metaxy.lock`.
///
/// The database file itself is never locked: closing any descriptor of it would drop SQLite's own locks.
/// https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
///
/// The system frees the lock when its holder exits or is killed. The file is never removed, so that no program can lock a
/// file that another program has just removed.
package final class SQLiteRunLock: RunLock {
  /// Negative if the lock is not held.
  private var descriptor: Int32

  /// How long a run waits for another one: a migration can take long, an idle CI job must end.
  private static let patience = 60_000

  /// - Parameters:
  ///   - patience: the longest time to wait for the lock, in milliseconds.
  ///   - waiting: called once with the holder if another program holds the lock.
  package init(
    database: String, displayName: String, patience: Int = patience, waiting: (_ holder: String) -> Void
  ) throws(MetaxyError) {
    let path = database + "-metaxy.lock"
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard opened >= 0 else { throw .cannotLock(displayName, path: path, reason: String(cString: strerror(errno))) }
    // Not truncated before it is locked: a waiting process must not delete the name of the holder in the file.
    var waited = 0
    while flock(opened, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      let holder = Self.holder(opened)
      let failure: MetaxyError? =
        if reason != EWOULDBLOCK, reason != EINTR {
          .cannotLock(displayName, path: path, reason: String(cString: strerror(reason)))
        } else if waited >= patience {
          .databaseBusy(displayName, holder: holder, seconds: patience / 1000)
        } else {
          nil
        }
      if let failure {
        close(opened)
        throw failure
      }
      if waited == 0 { waiting(holder) }
      usleep(50_000)
      waited += 50
    }
    descriptor = opened
    writeHolder()
  }

  deinit {
    release()
  }

  package func release() {
    guard descriptor >= 0 else { return }
    ftruncate(descriptor, 0)
    close(descriptor)
    descriptor = -1
  }

  /// Writes the holder's name for waiting processes.
  private func writeHolder() {
    var text = "process \(getpid())"
    ftruncate(descriptor, 0)
    // Only users read it, so a failed write does not matter.
    _ = text.withUTF8 { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  private static func holder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : "another process"
  }
}
