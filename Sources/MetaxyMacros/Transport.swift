internal import MetaxyPlatform

/// Messages on standard input and output: the length in 8 bytes, little-endian, then that many bytes of JSON.
enum Transport {
  /// Returns the next message; nil at the end of the input, including an end in the middle of a message.
  static func next() -> [UInt8]? {
    guard let length = bytes(8) else { return nil }
    // A length beyond `Int` is not valid.
    return Int(exactly: length.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }).flatMap(bytes)
  }

  /// Sends `answer`; returns false if the reader has closed the pipe.
  static func send(_ answer: Answer) -> Bool {
    guard let message = answer.message else { return false }
    var rest = (0..<8).map { UInt8(truncatingIfNeeded: message.count >> ($0 * 8)) }[...] + message
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  /// Reads piece by piece, so that a wrong length does not allocate memory.
  private static func bytes(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(count, 65_536))
    while bytes.count < count {
      let received = read(0, &piece, min(piece.count, count - bytes.count))
      guard received > 0 else { return nil }
      bytes += piece[..<received]
    }
    return bytes
  }
}
