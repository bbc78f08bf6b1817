package import MetaxyErrors
internal import MetaxyHashing
package import MetaxySQL

extension RevisionFile {
  /// Returns the SHA-256, in hexadecimal, of what this revision runs on `dialect`, both ways.
  ///
  /// It is taken over tokens: comments, white space and line ends do not count, nor do the header and the sections of
  /// other dialects.
  ///
  /// - Throws: `unterminated_sql`, which a revision that was read from a file never does.
  package func checksum(dialect: String, lexicon: Lexicon) throws(MetaxyError) -> String {
    var bytes: [UInt8] = []
    for section in sections where (section.dialect ?? dialect) == dialect {
      for word in [section.direction.rawValue] + SectionAttributes.words(of: section) + [""] {
        Self.append(word[...], to: &bytes)
      }
      for statement in section.statements {
        for token in try SQLTokenizer.tokens(of: statement.sql, lexicon: lexicon) {
          Self.append(token.text, to: &bytes)
        }
        Self.append("", to: &bytes)
      }
      Self.append("", to: &bytes)
    }
    return Hexadecimal.text(of: SHA256.hash(bytes))
  }

  /// Adds a token, with the line ends that a string or a body may hold as Unix writes them.
  ///
  /// A token is never empty and never holds a NUL, so that no two lists of parts give the same bytes.
  private static func append(_ part: Substring, to bytes: inout [UInt8]) {
    for byte in part.utf8 {
      if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      bytes.append(byte)
    }
    bytes.append(0)
  }
}
