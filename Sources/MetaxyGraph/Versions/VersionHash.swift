internal import MetaxyHashing

/// SHA-256 in lower-case hexadecimal of parts that are joined without separators.
struct VersionHash {
  private var bytes: [UInt8] = []

  mutating func add(_ text: String) { bytes += text.utf8 }

  static func hexadecimal(of bytes: [UInt8]) -> String { Hexadecimal.text(of: SHA256.hash(bytes)) }

  /// Returns the first `length` characters of the hash; all if `length` is nil.
  func text(truncatedTo length: Int?) -> String {
    let text = Self.hexadecimal(of: bytes)
    return length.map { String(text.prefix($0)) } ?? text
  }
}
