import Crypto

/// SHA-256 in lower-case hexadecimal of parts that are joined without separators.
struct VersionHash {
  private var bytes: [UInt8] = []

  mutating func add(_ text: String) { bytes += text.utf8 }

  static func hexadecimal(of bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for byte in SHA256.hash(data: bytes) {
      digits.append(hexadecimalDigit(byte >> 4))
      digits.append(hexadecimalDigit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Returns the first `length` characters of the hash; all if `length` is nil.
  func text(truncatedTo length: Int?) -> String {
    let text = Self.hexadecimal(of: bytes)
    return length.map { String(text.prefix($0)) } ?? text
  }
}
