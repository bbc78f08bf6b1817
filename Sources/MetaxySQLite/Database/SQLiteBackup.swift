internal import CSQLite
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyPlatform
internal import MetaxyRuntime

/// Copies a database into a separate file, atomically: the file is complete or does not exist.
///
/// VACUUM INTO reads in one transaction and includes the write-ahead log, which a copy of the file would
/// miss. https://sqlite.org/lang_vacuum.html#vacuuminto
struct SQLiteBackup {
  let database: String
  let target: String
  let displayTarget: String

  func run(_ connection: any Connection) throws(MetaxyError) {
    let draft = target + ".part"
    removeParts()
    do {
      try claim(draft)
      try connection.execute("VACUUM INTO ?1", [.text(draft)])
      try finish(draft)
    } catch {
      unlink(draft)  // a partial copy is useless
      throw .cannotBackUp(displayTarget, cause: error)
    }
  }

  /// Removes what killed backups left: no other program makes one while this one holds the run lock.
  private func removeParts() {
    let directory = Paths.parent(of: database)
    let name = Paths.name(of: database)
    // What cannot be listed or removed does no harm.
    for other in (try? Files.names(in: directory)) ?? []
    where other.hasPrefix("\(name)-") && (other.hasSuffix(".backup.part") || other.hasSuffix(".backup.part-journal")) {
      unlink("\(directory)/\(other)")
    }
  }

  /// Creates an empty file for VACUUM INTO, so that only users who can read the database can read the copy.
  private func claim(_ draft: String) throws(MetaxyError) {
    var status = stat()
    guard stat(database, &status) == 0 else { throw .systemFailure(database) }
    let mode = status.st_mode & 0o777
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .systemFailure(draft) }
    defer { close(descriptor) }
    guard fchmod(descriptor, mode) == 0 else { throw .systemFailure(draft) }
  }

  /// Moves the copy to its name after syncing it; a link, unlike a rename, never replaces a file.
  private func finish(_ draft: String) throws(MetaxyError) {
    let descriptor = open(draft, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .systemFailure(draft) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0, link(draft, target) == 0 else { throw .systemFailure(target) }
    unlink(draft)
  }
}

extension MetaxyError {
  /// Returns the system's last error about a file.
  fileprivate static func systemFailure(_ path: String) -> MetaxyError {
    MetaxyError(
      .unwritableFile, "cannot write `\(path)`: \(String(cString: strerror(errno)).lowercased())", Payload(path: path))
  }

  static func cannotBackUp(_ target: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(
      .cannotBackUp, "cannot back up the database to `\(target)`, so nothing was done", Payload(path: target),
      hints: ["the backup is written beside the database; correct the cause, or run the command without `--backup`"],
      cause: cause)
  }
}
