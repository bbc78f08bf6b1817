internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyPlatform

/// Keeps other runners away from a SQLite file for a whole run, by a lock on `<database>-metaxy.lock`.
///
/// The database file itself is never locked: closing any descriptor of it would drop SQLite's own locks.
/// https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
///
/// The system frees the lock when its holder exits or is killed. The file is never removed, so that no program can lock a
/// file that another program has just removed. It contains nothing or the holder's name: a file with any other content,
/// and a file behind a link, belongs to another program and is refused and kept.
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
    let opened = try Self.opened(path, displayName)
    // Not truncated before it is locked: a waiting process must not delete the name of the holder in the file.
    var waited = 0
    while flock(opened, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      let holder = Self.holder(opened)
      let failure: MetaxyError? =
        if reason != EWOULDBLOCK, reason != EINTR {
          .cannotLock(displayName, reason: String(cString: strerror(reason)))
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
    guard Self.isOwn(opened) else {
      close(opened)
      throw .cannotLock(displayName, reason: "another program wrote this file")
    }
    descriptor = opened
    writeHolder()
  }

  /// Opens the lock file without following a link in its place and without waiting for the other end of a pipe.
  private static func opened(_ path: String, _ displayName: String) throws(MetaxyError) -> Int32 {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o666)
    guard opened >= 0 else {
      let reason = errno == ELOOP ? "it is a symbolic link" : String(cString: strerror(errno))
      throw .cannotLock(displayName, reason: reason)
    }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw .cannotLock(displayName, reason: "it is not a file")
    }
    return opened
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

  private static let holderPrefix = "process "

  /// Returns whether a lock file contains nothing, or a holder's name and nothing else.
  private static func isOwn(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    guard status.st_size > 0 else { return true }
    guard status.st_size < 64 else { return false }
    let holder = holder(descriptor)
    return holder.hasPrefix(holderPrefix)
      && holder.dropFirst(holderPrefix.count).utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// Writes the holder's name for waiting processes.
  private func writeHolder() {
    var text = "\(Self.holderPrefix)\(getpid())"
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
