internal import MetaxyPlatform

/// An open file, pipe or terminal.
package enum Descriptor {
  /// Writes all of `bytes`, with as many system calls as it takes.
  ///
  /// - Returns: the system's reason if the write failed; nil on success.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    errorNumber(writing: bytes, to: descriptor).map { String(cString: strerror($0)).lowercased() }
  }

  /// Writes all of `bytes`, as ``write(_:to:)``.
  ///
  /// - Returns: the system's number of the error, such as `EPIPE`; nil on success.
  package static func errorNumber(writing bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { system(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }

  /// The system's `write`, which the method above shadows.
  private static func system(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    MetaxyPlatform.write(descriptor, bytes, count)
  }
}
