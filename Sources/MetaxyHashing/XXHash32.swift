/// xxHash with 32 bits and the seed 0.
///
/// <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>
package enum XXHash32 {
  package static func hash(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes { bytes in
      var position = 0
      var sum: UInt32
      if bytes.count >= 16 {
        var lanes = (prime1 &+ prime2, prime2, UInt32(0), 0 &- prime1)
        while position + 16 <= bytes.count {
          lanes.0 = round(lanes.0, bytes.word32(at: position))
          lanes.1 = round(lanes.1, bytes.word32(at: position + 4))
          lanes.2 = round(lanes.2, bytes.word32(at: position + 8))
          lanes.3 = round(lanes.3, bytes.word32(at: position + 12))
          position += 16
        }
        sum = lanes.0.rotated(1) &+ lanes.1.rotated(7) &+ lanes.2.rotated(12) &+ lanes.3.rotated(18)
      } else {
        sum = prime5
      }
      sum &+= UInt32(truncatingIfNeeded: bytes.count)
      while position + 4 <= bytes.count {
        sum = (sum &+ bytes.word32(at: position) &* prime3).rotated(17) &* prime4
        position += 4
      }
      for byte in bytes[position...] { sum = (sum &+ UInt32(byte) &* prime5).rotated(11) &* prime1 }
      return avalanche(sum)
    }
  }

  private static func round(_ lane: UInt32, _ word: UInt32) -> UInt32 {
    (lane &+ word &* prime2).rotated(13) &* prime1
  }

  private static func avalanche(_ sum: UInt32) -> UInt32 {
    var sum = sum
    sum = (sum ^ sum >> 15) &* prime2
    sum = (sum ^ sum >> 13) &* prime3
    return sum ^ sum >> 16
  }

  private static let prime1: UInt32 = 0x9E37_79B1
  private static let prime2: UInt32 = 0x85EB_CA77
  private static let prime3: UInt32 = 0xC2B2_AE3D
  private static let prime4: UInt32 = 0x27D4_EB2F
  private static let prime5: UInt32 = 0x1656_67B1
}
