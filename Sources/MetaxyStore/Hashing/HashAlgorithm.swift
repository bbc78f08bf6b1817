internal import MetaxyHashing
internal import MetaxyNames

/// The algorithm of data versions, with Metaxy's names and forms.
///
/// `hash_algorithm` in the configuration of a store takes the raw values.
public enum HashAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// MD5: 32 hexadecimal digits. The default of Metaxy's first releases for SQL stores.
  case md5
  /// SHA-256: 64 hexadecimal digits.
  case sha256
  /// XXH64 with seed 0: a decimal number.
  case xxhash64
  /// XXH32 with seed 0: a decimal number. Metaxy's default since 0.1.
  case xxhash32
  /// XXH3 with 64 bits and seed 0: a decimal number. Since Metaxy 0.1.
  case xxh3 = "xxh3_64"
  /// The first wyhash with seed 0: a decimal number. Since Metaxy 0.1.
  case wyhash

  /// Returns the hash of the UTF-8 bytes of a text, in the form that Metaxy writes.
  public func hash(_ text: String) -> String { hash(Array(text.utf8)) }

  func hash(_ bytes: [UInt8]) -> String {
    switch self {
    case .md5: Hexadecimal.text(of: MD5.hash(bytes))
    case .sha256: Hexadecimal.text(of: SHA256.hash(bytes))
    case .xxhash64: String(XXHash64.hash(bytes))
    case .xxhash32: String(XXHash32.hash(bytes))
    case .xxh3: String(XXH3.hash(bytes))
    case .wyhash: String(WyHash.hash(bytes))
    }
  }
}

extension HashAlgorithm {
  /// The algorithms that Metaxy has in a generation.
  static func all(in generation: Generation) -> [HashAlgorithm] {
    generation == .seed ? [.md5, .sha256, .xxhash64, .xxhash32] : allCases
  }

  /// The algorithm of stores that choose none.
  static func standard(in generation: Generation) -> HashAlgorithm { generation == .seed ? .md5 : .xxhash32 }

  /// Whether a hash cannot be one of this algorithm, by its form alone.
  ///
  /// Programs pass data versions of any form, `42` and the date of a file among them: with `isExplicit`, numbers are
  /// not foreign. Of a hash that is cut to `length` characters, only the alphabet shows the algorithm.
  func isForeign(_ hash: String, length: Int?, isExplicit: Bool) -> Bool {
    let forms = Self.allCases.filter { $0.couldHaveWritten(hash, length: length) }
    guard !forms.contains(self) else { return false }
    return isExplicit ? forms.contains { $0.hexadecimalLength != nil } : !forms.isEmpty
  }

  private func couldHaveWritten(_ hash: String, length: Int?) -> Bool {
    let count = hash.utf8.count
    if let digits = hexadecimalLength {
      return count == min(digits, length ?? digits) && hash.utf8.allSatisfy(Self.isHexadecimal)
    }
    let digits = self == .xxhash32 ? 10 : 20
    return (1...min(digits, length ?? digits)).contains(count) && hash.utf8.allSatisfy(Self.isDecimal)
  }

  private var hexadecimalLength: Int? {
    switch self {
    case .md5: 32
    case .sha256: 64
    case .xxhash64, .xxhash32, .xxh3, .wyhash: nil
    }
  }

  private static func isDecimal(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDecimal(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
