import Glibc

/// A file in memory with the bytes of an input, for what reads files.
enum InputFile {
  private static let descriptor: CInt = {
    var template = Array("/dev/shm/metaxy-fuzz-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    unlink(template)
    return descriptor
  }()

  /// Returns the path of the file, which has `bytes` until the next call.
  static func path(with bytes: [UInt8]) -> String {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      fatalError("the input cannot be written: \(String(cString: strerror(errno)))")
    }
    return "/proc/self/fd/\(descriptor)"
  }
}
