/// A message in the blocks of 64 bytes that MD5 and SHA-256 take it in.
enum HashBlocks {
  enum ByteOrder {
    case little, big
  }

  /// Calls `body` with the 16 words of each block: those of the message, then the padding, which ends with the message's
  /// length in bits. https://www.rfc-editor.org/rfc/rfc1321#section-3.1
  static func forEach(
    _ message: [UInt8], _ order: ByteOrder, _ body: (UnsafePointer<UInt32>) -> Void
  ) {
    // The words are read through pointers: this is also compiled without optimisation, into programs under development.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { words in
      guard let start = words.baseAddress else { return }
      message.withUnsafeBytes { bytes in
        var offset = 0
        while bytes.count - offset >= 64 {
          read(bytes, at: offset, order, into: start)
          body(start)
          offset += 64
        }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        end(of: rest, bits: UInt64(bytes.count) &* 8, order).withUnsafeBytes { end in
          for offset in stride(from: 0, to: end.count, by: 64) {
            read(end, at: offset, order, into: start)
            body(start)
          }
        }
      }
    }
  }

  /// The bytes that fill no block of their own, with the padding.
  private static func end(of rest: UnsafeRawBufferPointer, bits: UInt64, _ order: ByteOrder) -> [UInt8] {
    var end = [UInt8](rest)
    end.append(0x80)
    while end.count % 64 != 56 { end.append(0) }
    let length = order == .little ? bits.littleEndian : bits.bigEndian
    withUnsafeBytes(of: length) { end += $0 }
    return end
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, _ order: ByteOrder, into words: UnsafeMutablePointer<UInt32>
  ) {
    var index = 0
    while index < 16 {
      let word = bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self)
      words[index] = order == .little ? UInt32(littleEndian: word) : UInt32(bigEndian: word)
      index += 1
    }
  }

  /// The bytes of a digest's words.
  static func digest(_ words: [UInt32], _ order: ByteOrder) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: order == .little ? word.littleEndian : word.bigEndian, Array.init) }
  }
}
