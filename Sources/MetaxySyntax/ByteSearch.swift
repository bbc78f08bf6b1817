internal import MetaxyPlatform

/// Searches a file's bytes to decide whether to parse it. False positives are possible, false negatives are not.
enum ByteSearch {
  static func contains(_ word: String, in bytes: [UInt8]) -> Bool {
    offsets(of: word, in: bytes) { _ in true }
  }

  /// Returns whether `bytes` may declare one of the needed types, or extend one with a conformance.
  static func declares(_ needed: UnresolvedTypeNames, in bytes: [UInt8]) -> Bool {
    ["enum", "protocol", "typealias"].contains { keyword in
      offsets(of: keyword, in: bytes) { needed.declared.contains(name(after: $0 + keyword.utf8.count, in: bytes)) }
    } || offsets(of: "extension", in: bytes) { needed.extended.contains(name(after: $0 + 9, in: bytes)) }
  }

  /// Calls `isHit` with each offset of `word` until it returns true.
  private static func offsets(of word: String, in bytes: [UInt8], _ isHit: (Int) -> Bool) -> Bool {
    let word = Array(word.utf8)
    return bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return false }
      var offset = 0
      while offset + word.count <= buffer.count,
        let place = memchr(start + offset, Int32(word[0]), buffer.count - word.count + 1 - offset)
      {
        offset = UnsafeRawPointer(place) - start
        if memcmp(place, word, word.count) == 0, isHit(offset) { return true }
        offset += 1
      }
      return false
    }
  }

  /// Returns the last part of the name after a keyword: `Kind` of `Video.Kind`.
  private static func name(after offset: Int, in bytes: [UInt8]) -> String {
    var rest = bytes[offset...]
    while let byte = rest.first, isSpace(byte) || byte == UInt8(ascii: "`") { rest.removeFirst() }
    let name = rest.prefix { isNamePart($0) || $0 == UInt8(ascii: ".") }
    return String(decoding: name.split(separator: UInt8(ascii: ".")).last ?? [], as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
