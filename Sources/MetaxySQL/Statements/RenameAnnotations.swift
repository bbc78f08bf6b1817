package import MetaxyErrors

/// The former names that comments in a `CREATE TABLE` declare: `@renamed from=old_name`, as sqldef reads them.
///
/// ```sql
/// CREATE TABLE "users" ( -- @renamed from="user accounts"
///   id BIGINT NOT NULL,
///   user_name TEXT, -- @renamed from=username
/// ```
///
/// A comment refers to the last column that starts before it, or to the table if no column has started.
package struct RenameAnnotations: Sendable, Hashable {
  package private(set) var table: String?
  /// Former names by column name.
  package private(set) var columns: [String: String] = [:]

  /// Reads the comments of a `CREATE TABLE`.
  package init(of statement: ScannedStatement, lexicon: Lexicon) throws(MetaxyError) {
    let tokens = try SQLTokenizer.tokens(of: statement.sql, lexicon: lexicon, includingComments: true)
    var depth = 0
    var isAtStart = false
    var column: String?
    for token in tokens {
      if token.isComment {
        guard let former = try Self.formerName(in: token, lexicon: lexicon) else { continue }
        if let column { columns[column] = former } else { table = former }
      } else {
        if isAtStart, depth == 1, Self.beginsColumn(token) { column = token.name(foldsNames: lexicon.foldsNames) }
        isAtStart = depth == 1 && token.isSymbol(",")
        if token.isSymbol("(") {
          depth += 1
          isAtStart = depth == 1
        }
        if token.isSymbol(")") { depth -= 1 }
      }
    }
  }

  private static func beginsColumn(_ token: SQLToken) -> Bool {
    switch token.kind {
    case .quotedIdentifier: true
    case .word: !token.isWord(in: "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE", "LIKE")
    default: false
    }
  }

  private static func formerName(in comment: SQLToken, lexicon: Lexicon) throws(MetaxyError) -> String? {
    let text = CommentText.lines(of: comment).joined(separator: " ")
    guard let marker = text.firstRange(of: "@renamed from=") else { return nil }
    let name = try SQLTokenizer.tokens(of: String(text[marker.upperBound...]), lexicon: lexicon).first
    guard let name, name.kind == .word || name.kind == .quotedIdentifier else { return nil }
    return name.name(foldsNames: lexicon.foldsNames)
  }
}
