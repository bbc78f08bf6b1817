package import MetaxyErrors
internal import MetaxySQL

/// The names of revisions and of their files.
package enum RevisionName {
  /// The width of Alembic's `version_num` column.
  package static let longest = 32
  static let reserved: Set<String> = ["head", "heads", "base", "current"]

  /// Returns a new identifier: twelve hexadecimal digits.
  package static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// Returns a new identifier drawn from `generator`.
  package static func random(using generator: inout some RandomNumberGenerator) -> String {
    String((0..<12).map { _ in Character(String(Int.random(in: 0..<16, using: &generator), radix: 16)) })
  }

  /// Checks an identifier or branch label that a person chose.
  ///
  /// - Throws: `invalid_revision_name` when it is empty, longer than 32 bytes, a word like `head`, or holds anything but
  ///   ASCII letters, digits and `_`: the other marks have a meaning in `label@head-1` and `a:b`.
  package static func check(_ name: String) throws(MetaxyError) {
    guard !name.isEmpty else { throw .invalidRevisionName(name, reason: "it is empty") }
    guard name.utf8.count <= longest else {
      throw .invalidRevisionName(
        name, reason: "it is longer than \(longest) bytes, the width of the version table's column")
    }
    guard name.utf8.allSatisfy({ $0 < 0x80 && ($0.isIdentifierStart || $0.isDigit) }) else {
      throw .invalidRevisionName(name, reason: "only letters, digits and `_` may stand in it")
    }
    guard !reserved.contains(name.lowercased()) else {
      throw .invalidRevisionName(name, reason: "this word already means something in commands")
    }
  }

  /// Returns the words of a message in lower case, joined by `_` and cut at a word when longer than `limit` characters.
  ///
  /// As in Alembic, a slug that was cut ends with `_`.
  package static func slug(of message: String, limit: Int = 40) -> String {
    let slug = message.lowercased().unicodeScalars
      .split { !isWordPart($0) }
      .map { String($0) }
      .joined(separator: "_")
    guard slug.count > limit else { return slug }
    let cut = slug.prefix(limit)
    return String(cut.lastIndex(of: "_").map { cut[...$0] } ?? cut)
  }

  /// Returns a revision file's name: `20261122100731_4f1c2a9b7d3e_add_video.sql`.
  package static func fileName(
    revision: String, created: RevisionTime, message: String, slugLimit: Int = 40
  ) -> String {
    let parts = [created.stamp, revision, slug(of: message, limit: slugLimit)]
    return parts.filter { !$0.isEmpty }.joined(separator: "_") + ".sql"
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return scalar == "_" || properties.isAlphabetic || properties.numericType != nil
      || properties.generalCategory == .nonspacingMark
  }
}
