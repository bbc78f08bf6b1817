/// XXH3 with 64 bits, the seed 0 and the default secret.
///
/// <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>
package enum XXH3 {
  package static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      secret.withUnsafeBytes { secret in
        let message = Message(bytes: bytes, secret: secret)
        return switch bytes.count {
        case 0: avalanche64(secret.word64(at: 56) ^ secret.word64(at: 64))
        case 1...3: message.upTo3()
        case 4...8: message.upTo8()
        case 9...16: message.upTo16()
        case 17...128: message.upTo128()
        case 129...240: message.upTo240()
        default: LongMessage(bytes: bytes, secret: secret).hash()
        }
      }
    }
  }

  /// The finish of XXH64.
  fileprivate static func avalanche64(_ sum: UInt64) -> UInt64 {
    var sum = sum
    sum = (sum ^ sum >> 33) &* Prime.second64
    sum = (sum ^ sum >> 29) &* Prime.third64
    return sum ^ sum >> 32
  }

  fileprivate static func avalanche(_ sum: UInt64) -> UInt64 {
    let mixed = (sum ^ sum >> 37) &* 0x1656_6791_9E37_79F9
    return mixed ^ mixed >> 32
  }

  /// 192 bytes of the fractional part of the golden ratio, as little-endian words.
  private static let secret: [UInt64] = words.map(\.littleEndian)
  private static let words: [UInt64] = [
    0xBE4B_A423_396C_FEB8, 0x1CAD_21F7_2C81_017C, 0xDB97_9083_E96D_D4DE, 0x1F67_B3B7_A4A4_4072,
    0x78E5_C0CC_4EE6_79CB, 0x2172_FFCC_7DD0_5A82, 0x8E24_43F7_7446_08B8, 0x4C26_3A81_E690_35E0,
    0xCB00_C391_BB52_283C, 0xA32E_531B_8B65_D088, 0x4EF9_0DA2_9748_6471, 0xD8AC_DEA9_46EF_1938,
    0x3F34_9CE3_3F76_FAA8, 0x1D4F_0BC7_C7BB_DCF9, 0x3159_B4CD_4BE0_518A, 0x6473_78D9_C97E_9FC8,
    0xC3EB_D334_83AC_C5EA, 0xEB63_13FA_FFA0_81C5, 0x49DA_F0B7_51DD_0D17, 0x9E68_D429_2655_16D3,
    0xFCA1_477D_58BE_162B, 0xCE31_D07A_D1B8_F88F, 0x2804_1695_8F3A_CB45, 0x7E40_4BBB_CAFB_D7AF,
  ]
}

private enum Prime {
  static let first32: UInt64 = 0x9E37_79B1
  static let second32: UInt64 = 0x85EB_CA77
  static let third32: UInt64 = 0xC2B2_AE3D
  static let first64: UInt64 = 0x9E37_79B1_85EB_CA87
  static let second64: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  static let third64: UInt64 = 0x1656_67B1_9E37_79F9
  static let fourth64: UInt64 = 0x85EB_CA77_C2B2_AE63
  static let fifth64: UInt64 = 0x27D4_EB2F_1656_67C5
}

/// A message of at most 240 bytes, which is hashed at once.
private struct Message {
  let bytes: UnsafeRawBufferPointer
  let secret: UnsafeRawBufferPointer

  func upTo3() -> UInt64 {
    let count = bytes.count
    let ends = UInt64(bytes[0]) << 16 | UInt64(bytes[count - 1])
    let combined = ends | UInt64(bytes[count >> 1]) << 24 | UInt64(count) << 8
    return XXH3.avalanche64(combined ^ UInt64(secret.word32(at: 0) ^ secret.word32(at: 4)))
  }

  func upTo8() -> UInt64 {
    let (first, last) = (bytes.word32(at: 0), bytes.word32(at: bytes.count - 4))
    let key = (UInt64(last) &+ UInt64(first) << 32) ^ secret.word64(at: 8) ^ secret.word64(at: 16)
    var sum = key ^ key.rotated(49) ^ key.rotated(24)
    sum = sum &* 0x9FB2_1C65_1E98_DF25
    sum = (sum ^ (sum >> 35 &+ UInt64(bytes.count))) &* 0x9FB2_1C65_1E98_DF25
    return sum ^ sum >> 28
  }

  func upTo16() -> UInt64 {
    let low = bytes.word64(at: 0) ^ secret.word64(at: 24) ^ secret.word64(at: 32)
    let high = bytes.word64(at: bytes.count - 8) ^ secret.word64(at: 40) ^ secret.word64(at: 48)
    return XXH3.avalanche(UInt64(bytes.count) &+ low.byteSwapped &+ high &+ low.folded(high))
  }

  func upTo128() -> UInt64 {
    var sum = UInt64(bytes.count) &* Prime.first64
    for pair in 0...(bytes.count - 1) / 32 {
      sum &+= mixed(at: 16 * pair, 32 * pair)
      sum &+= mixed(at: bytes.count - 16 * (pair + 1), 32 * pair + 16)
    }
    return XXH3.avalanche(sum)
  }

  func upTo240() -> UInt64 {
    var sum = UInt64(bytes.count) &* Prime.first64
    for position in 0..<8 { sum &+= mixed(at: 16 * position, 16 * position) }
    sum = XXH3.avalanche(sum)
    for position in 8..<bytes.count / 16 { sum &+= mixed(at: 16 * position, 16 * (position - 8) + 3) }
    return XXH3.avalanche(sum &+ mixed(at: bytes.count - 16, 136 - 17))
  }

  /// Mixes 16 bytes of the message with 16 bytes of the secret.
  private func mixed(at position: Int, _ offset: Int) -> UInt64 {
    (bytes.word64(at: position) ^ secret.word64(at: offset))
      .folded(bytes.word64(at: position + 8) ^ secret.word64(at: offset + 8))
  }
}

/// A message of more than 240 bytes: stripes of 64 bytes, 16 of them in a block.
private struct LongMessage {
  let bytes: UnsafeRawBufferPointer
  let secret: UnsafeRawBufferPointer
  private var lanes: [UInt64] = [
    Prime.third32, Prime.first64, Prime.second64, Prime.third64, Prime.fourth64, Prime.second32, Prime.fifth64,
    Prime.first32,
  ]

  init(bytes: UnsafeRawBufferPointer, secret: UnsafeRawBufferPointer) {
    self.bytes = bytes
    self.secret = secret
  }

  func hash() -> UInt64 {
    var state = self
    let blocks = (bytes.count - 1) / 1024
    for block in 0..<blocks {
      for stripe in 0..<16 { state.accumulate(at: 1024 * block + 64 * stripe, 8 * stripe) }
      state.scramble()
    }
    let start = 1024 * blocks
    for stripe in 0..<(bytes.count - 1 - start) / 64 { state.accumulate(at: start + 64 * stripe, 8 * stripe) }
    state.accumulate(at: bytes.count - 64, 192 - 64 - 7)
    return state.merged()
  }

  private mutating func accumulate(at position: Int, _ offset: Int) {
    for lane in 0..<8 {
      let word = bytes.word64(at: position + 8 * lane)
      let key = word ^ secret.word64(at: offset + 8 * lane)
      lanes[lane ^ 1] &+= word
      lanes[lane] &+= (key & 0xFFFF_FFFF) &* (key >> 32)
    }
  }

  private mutating func scramble() {
    for lane in 0..<8 {
      let mixed = lanes[lane] ^ lanes[lane] >> 47 ^ secret.word64(at: 128 + 8 * lane)
      lanes[lane] = mixed &* Prime.first32
    }
  }

  private func merged() -> UInt64 {
    var sum = UInt64(bytes.count) &* Prime.first64
    for pair in 0..<4 {
      let (left, right) = (secret.word64(at: 11 + 16 * pair), secret.word64(at: 19 + 16 * pair))
      sum &+= (lanes[2 * pair] ^ left).folded(lanes[2 * pair + 1] ^ right)
    }
    return XXH3.avalanche(sum)
  }
}

extension UInt64 {
  /// Returns the two halves of the product with 128 bits, combined by exclusive or.
  func folded(_ other: UInt64) -> UInt64 {
    let product = multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
