package import MetaxyErrors
internal import MetaxyHashing
package import MetaxySQL

/// The header line `Verified:`, with what was proven and for which statements:
///
/// ```sql
/// -- Verified: sqlite 3.40 schema+rows, postgresql 15 schema+rows; statements 4f1c2a9b7d3e
/// ```
package struct RevisionVerification: Sendable, Hashable {
  /// The whole value of the line.
  package let text: String

  private static let separator = "; statements "

  init(text: String) { self.text = text }

  /// - Parameters:
  ///   - results: what was proven, one text for each dialect.
  ///   - digest: the digest of the statements.
  package init(results: [String], digest: String) {
    // Two spaces end a value of the header.
    let words = results.joined(separator: ", ").split { $0.isWhitespace }.joined(separator: " ")
    text = CommentText.oneLine(words + Self.separator + digest)
  }

  /// The digest of the statements for which it was made; nil if the line was edited.
  package var digest: String? {
    let parts = text.split(separator: ";").last.map { $0.split(separator: " ") } ?? []
    return parts.count == 2 && parts[0] == "statements" ? String(parts[1]) : nil
  }
}

extension RevisionFile {
  /// Returns a digest of the statements of all dialects; comments, white space and the header do not change it.
  ///
  /// - Parameter lexicons: the dialects that a section can name, with their lexicons.
  package func statementsDigest(lexicons: Lexicons) throws(MetaxyError) -> String {
    let named = Set(sections.compactMap(\.dialect))
    var bytes: [UInt8] = []
    for name in named.isEmpty ? Array(lexicons.common.prefix(1)) : named.sorted() {
      guard let lexicon = lexicons[name] else { continue }
      bytes += Array("\(named.isEmpty ? "" : name) \(try checksum(dialect: name, lexicon: lexicon))\n".utf8)
    }
    return String(Hexadecimal.text(of: SHA256.hash(bytes)).prefix(12))
  }

  /// Whether the file has no proof of its present statements.
  package func isUnverified(lexicons: Lexicons) throws(MetaxyError) -> Bool {
    try verification?.digest != statementsDigest(lexicons: lexicons)
  }

  /// Returns the text of a revision file with another `Verified:` line; everything else stays as it is written.
  ///
  /// - Returns: nil if the header is written in a way in which the line cannot be placed.
  package static func replacingVerification(in text: String, with verification: RevisionVerification) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let end = lines.firstIndex { $0.hasPrefix("-- metaxy:") } ?? lines.count
    let keys = lines[..<end].indices.compactMap { place -> (place: Int, key: RevisionHeader.Key)? in
      guard lines[place].hasPrefix("--") else { return nil }
      return RevisionHeader.Key.split(String(lines[place].dropFirst(2).drop { $0 == " " })).map { (place, $0.key) }
    }
    guard let last = keys.last(where: { $0.key != .verified }) else { return nil }
    let ending = lines[last.place].hasSuffix("\r") ? "\r" : ""
    let line = "-- Verified: \(verification.text)\(ending)"
    if let old = keys.last(where: { $0.key == .verified }) {
      lines[old.place] = line
    } else {
      lines.insert(line, at: last.place + 1)
    }
    return lines.joined(separator: "\n")
  }
}
