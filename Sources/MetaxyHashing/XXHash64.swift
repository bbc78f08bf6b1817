/// xxHash with 64 bits and the seed 0.
///
/// <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>
package enum XXHash64 {
  package static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var position = 0
      var sum: UInt64
      if bytes.count >= 32 {
        var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
        while position + 32 <= bytes.count {
          lanes.0 = round(lanes.0, bytes.word64(at: position))
          lanes.1 = round(lanes.1, bytes.word64(at: position + 8))
          lanes.2 = round(lanes.2, bytes.word64(at: position + 16))
          lanes.3 = round(lanes.3, bytes.word64(at: position + 24))
          position += 32
        }
        sum = lanes.0.rotated(1) &+ lanes.1.rotated(7) &+ lanes.2.rotated(12) &+ lanes.3.rotated(18)
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { sum = (sum ^ round(0, lane)) &* prime1 &+ prime4 }
      } else {
        sum = prime5
      }
      sum &+= UInt64(bytes.count)
      return avalanche(consume(bytes, from: position, into: sum))
    }
  }

  private static func consume(_ bytes: UnsafeRawBufferPointer, from start: Int, into sum: UInt64) -> UInt64 {
    var (position, sum) = (start, sum)
    while position + 8 <= bytes.count {
      sum = (sum ^ round(0, bytes.word64(at: position))).rotated(27) &* prime1 &+ prime4
      position += 8
    }
    if position + 4 <= bytes.count {
      sum = (sum ^ UInt64(bytes.word32(at: position)) &* prime1).rotated(23) &* prime2 &+ prime3
      position += 4
    }
    for byte in bytes[position...] { sum = (sum ^ UInt64(byte) &* prime5).rotated(11) &* prime1 }
    return sum
  }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    (lane &+ word &* prime2).rotated(31) &* prime1
  }

  private static func avalanche(_ sum: UInt64) -> UInt64 {
    var sum = sum
    sum = (sum ^ sum >> 33) &* prime2
    sum = (sum ^ sum >> 29) &* prime3
    return sum ^ sum >> 32
  }

  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
}

extension FixedWidthInteger {
  /// Returns the bits rotated to the left.
  func rotated(_ count: Int) -> Self { self << count | self >> (Self.bitWidth - count) }
}

extension UnsafeRawBufferPointer {
  /// Reads four bytes, little-endian.
  func word32(at position: Int) -> UInt32 {
    UInt32(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }

  /// Reads eight bytes, little-endian.
  func word64(at position: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }
}
