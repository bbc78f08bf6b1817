internal import MetaxyHashing

/// SHA-256 in lower-case hexadecimal, over parts that are joined without anything between them.
struct VersionHash {
  private var bytes: [UInt8] = []

  mutating func add(_ text: String) { bytes += text.utf8 }

  static func hexadecimal(of bytes: [UInt8]) -> String { Hexadecimal.text(of: SHA256.hash(bytes)) }

  /// The first `length` characters of the hash; all of them when it is nil.
  func text(truncatedTo length: Int?) -> String {
    let text = Self.hexadecimal(of: bytes)
    return length.map { String(text.prefix($0)) } ?? text
  }
}
