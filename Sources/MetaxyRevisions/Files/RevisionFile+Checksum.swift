package import MetaxyErrors
internal import MetaxyHashing
package import MetaxySQL

extension RevisionFile {
  /// Returns the SHA-256, in hexadecimal, of the statements that this revision runs on `dialect`, in both directions.
  ///
  /// It is computed from tokens: comments, white space, line ends, the header and the sections of other dialects do not
  /// change it.
  ///
  /// - Throws: `unterminated_sql`; never for a revision that was parsed from a file.
  package func checksum(dialect: String, lexicon: Lexicon) throws(MetaxyError) -> String {
    var bytes: [UInt8] = []
    for section in sections where (section.dialect ?? dialect) == dialect {
      for word in [section.direction.rawValue] + SectionAttributes.words(of: section) + [""] {
        Self.append(word[...], to: &bytes)
      }
      for statement in section.statements {
        for token in try statement.tokens(for: dialect, lexicon: lexicon) {
          Self.append(token.text, to: &bytes)
        }
        Self.append("", to: &bytes)
      }
      Self.append("", to: &bytes)
    }
    return Hexadecimal.text(of: SHA256.hash(bytes))
  }

  /// Appends a token with Unix line ends inside strings and bodies.
  ///
  /// A token is never empty and never contains a NUL, so two different lists of parts never give the same bytes.
  private static func append(_ part: Substring, to bytes: inout [UInt8]) {
    for byte in part.utf8 {
      if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      bytes.append(byte)
    }
    bytes.append(0)
  }
}
