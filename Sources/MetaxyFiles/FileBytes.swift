package import MetaxyErrors
internal import MetaxyPlatform

/// The bytes of a file, read part by part; the file is closed with the value.
package final class FileBytes {
  private let path: String
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var position = 0
  private var count = 0

  /// - Parameters:
  ///   - path: the file.
  ///   - displayPath: the path for errors.
  /// - Throws: `unreadable_file` with the system's reason, or that it is a directory.
  package init(of path: String, displayPath: String) throws(MetaxyError) {
    self.path = displayPath
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadableFile(displayPath, reason: Files.systemReason()) }
    try fill()
    if buffer[..<count].starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  deinit { close(descriptor) }

  /// Reads one byte; nil at the end.
  package func next() throws(MetaxyError) -> UInt8? {
    guard let byte = try peek() else { return nil }
    position += 1
    return byte
  }

  /// Returns the next byte without reading it; nil at the end.
  package func peek() throws(MetaxyError) -> UInt8? {
    if position == count { try fill() }
    return position < count ? buffer[position] : nil
  }

  /// Appends bytes up to the first that meets a condition, or to the end.
  package func append(to bytes: inout [UInt8], until isEnd: (UInt8) -> Bool) throws(MetaxyError) {
    while try peek() != nil {
      let rest = buffer[position..<count]
      let end = rest.firstIndex(where: isEnd) ?? count
      bytes += rest[..<end]
      position = end
      if end < count { return }
    }
  }

  private func fill() throws(MetaxyError) {
    position = 0
    count = 0
    let read = buffer.withUnsafeMutableBytes { MetaxyPlatform.read(descriptor, $0.baseAddress, $0.count) }
    guard read >= 0 else { throw .unreadableFile(path, reason: Files.systemReason()) }
    count = read
  }
}
