internal import MetaxyPlatform

/// When a file was changed last.
struct FileTime: Comparable, CustomStringConvertible {
  private let seconds: Int
  private let nanoseconds: Int

  /// - Returns: nil if the file does not exist.
  init?(ofFile path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      (seconds, nanoseconds) = (Int(status.st_mtimespec.tv_sec), Int(status.st_mtimespec.tv_nsec))
    #else
      (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    #endif
  }

  var description: String { "\(seconds) s \(nanoseconds) ns" }

  static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}
