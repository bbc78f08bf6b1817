internal import Crypto
public import MetaxyErrors

extension RevisionFile {
  /// Returns the SHA-256, in hexadecimal, of what this revision runs on `dialect`, both ways.
  ///
  /// It is taken over tokens: comments, white space and line ends do not count, nor do the header and the sections of
  /// other dialects.
  ///
  /// - Throws: `unterminated_sql`, which a revision that was read from a file never does.
  public func checksum(dialect: String, lexicon: Lexicon) throws(MetaxyError) -> String {
    var hash = SHA256()
    for section in sections where (section.dialect ?? dialect) == dialect {
      var parts = [section.direction.rawValue] + SectionAttributes.words(of: section) + [""]
      for statement in section.statements {
        parts += try SQLTokenizer.tokens(of: statement.sql, lexicon: lexicon).map { String($0.text) } + [""]
      }
      // A token is never empty and never holds a NUL, so that no two lists of parts give the same bytes.
      for part in parts + [""] { hash.update(data: Self.normalized(part) + [0]) }
    }
    return hash.finalize().map { Self.hexadecimal($0 >> 4) + Self.hexadecimal($0 & 15) }.joined()
  }

  /// The bytes of a token with its line ends, which a string or a body may hold, as Unix writes them.
  private static func normalized(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      bytes.append(byte)
    }
    return bytes
  }

  private static func hexadecimal(_ digit: UInt8) -> String { String(digit, radix: 16) }
}
