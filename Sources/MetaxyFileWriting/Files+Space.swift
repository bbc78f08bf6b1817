package import MetaxyErrors
package import MetaxyFiles
internal import MetaxyPlatform

extension Files {
  /// Returns the size of the file at `path` in bytes; nil if it does not exist.
  package static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Returns the number of free bytes in the file system of a directory.
  ///
  /// - Throws: `unreadable_file` with the system's reason.
  package static func availableBytes(in directory: String) throws(MetaxyError) -> Int {
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { throw .unreadableFile(directory, reason: systemReason()) }
    let (bytes, overflow) = Int(clamping: status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
    return overflow ? .max : bytes
  }
}
