/// The first published wyhash, with the seed 0; not one of the later versions, whose results differ.
///
/// <https://github.com/wangyi-fudan/wyhash>
package enum WyHash {
  package static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var (seed, position) = (UInt64(0), 0)
      while bytes.count - position >= 32 {
        seed = block(bytes, at: position, seed)
        position += 32
      }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
      return end(rest, seed ^ primes.0).folded(UInt64(bytes.count) ^ primes.5)
    }
  }

  private static func block(_ bytes: UnsafeRawBufferPointer, at position: Int, _ seed: UInt64) -> UInt64 {
    func word(_ index: Int) -> UInt64 { bytes.word64(at: position + 8 * index) }
    let first = (word(0) ^ primes.1).folded(word(1) ^ primes.2)
    let second = (word(2) ^ primes.3).folded(word(3) ^ primes.4)
    return (seed ^ primes.0).folded(first ^ second)
  }

  /// Mixes in the bytes after the last whole block.
  private static func end(_ rest: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
    let count = rest.count
    func start() -> UInt64 { swapped(rest, at: 0) ^ seed }
    func middle() -> UInt64 { start().folded(swapped(rest, at: 8) ^ primes.2) }
    return switch count {
    case 0: seed
    case 1...8: seed.folded(tail(rest, from: 0) ^ primes.1)
    case 9...16: start().folded(tail(rest, from: 8) ^ primes.2)
    case 17...24: middle() ^ seed.folded(tail(rest, from: 16) ^ primes.3)
    default: middle() ^ (swapped(rest, at: 16) ^ seed).folded(tail(rest, from: 24) ^ primes.4)
    }
  }

  /// Reads eight bytes with the first four as the high half.
  private static func swapped(_ bytes: UnsafeRawBufferPointer, at position: Int) -> UInt64 {
    UInt64(bytes.word32(at: position)) << 32 | UInt64(bytes.word32(at: position + 4))
  }

  /// Reads the one to eight last bytes in little-endian groups of four, two and one, the first group highest.
  private static func tail(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    var (value, position) = (UInt64(0), start)
    for size in [4, 4, 2, 1] where bytes.count - position >= size {
      value <<= UInt64(8 * size)
      for index in 0..<size { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
      position += size
    }
    return value
  }

  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3, 0x5899_65CC_7537_4CC3, 0x1D8E_4E27_C47D_124F,
    0xEB44_ACCA_B455_D165
  )
}
