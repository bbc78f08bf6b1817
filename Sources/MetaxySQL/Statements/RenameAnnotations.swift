package import MetaxyErrors

/// The former names that comments in a `CREATE TABLE` declare: `@renamed from=old_name`, as sqldef reads them.
///
/// ```sql
/// CREATE TABLE "users" ( -- @renamed from="user accounts"
///   id BIGINT NOT NULL,
///   user_name TEXT, -- @renamed from=username
/// ```
///
/// A comment refers to the last column that starts before it, or to the table if no column has started. After a value in the
/// list of a check or of `CREATE TYPE … AS ENUM`, it refers to that value: `'ready', -- @renamed from=done`.
package struct RenameAnnotations: Sendable, Hashable {
  package private(set) var table: String?
  /// The schema before the table's former name, if there is one.
  package private(set) var schema: String?
  /// Former names by column name.
  package private(set) var columns: [String: String] = [:]
  /// Former values by value.
  package private(set) var values: [String: String] = [:]

  /// Reads the comments of a `CREATE TABLE` or `CREATE TYPE`.
  package init(of statement: ScannedStatement, lexicon: Lexicon) throws(MetaxyError) {
    let tokens = try SQLTokenizer.tokens(of: statement.sql, lexicon: lexicon, includingComments: true)
    var depth = 0
    var isAtStart = false
    var column: String?
    var value: String?
    let isType = tokens.dropFirst().first { !$0.isComment }?.isWord("TYPE") == true
    for token in tokens {
      if token.isComment {
        if let value {
          if let former = try Self.formerValue(in: token, lexicon: lexicon) { values[value] = former }
          continue
        }
        guard let former = try Self.formerName(in: token, lexicon: lexicon), let name = former.last else { continue }
        if let column {
          columns[column] = name
        } else {
          table = name
          schema = former.count > 1 ? former[former.count - 2] : nil
        }
      } else {
        if token.kind == .string, depth > (isType ? 0 : 1) {
          value = token.value
        } else if !token.isSymbol(",") {
          value = nil
        }
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

  private static func formerValue(in comment: SQLToken, lexicon: Lexicon) throws(MetaxyError) -> String? {
    guard let text = annotation(in: comment) else { return nil }
    return try SQLTokenizer.tokens(of: text, lexicon: lexicon).first?.value
  }

  /// The text after `@renamed from=`.
  private static func annotation(in comment: SQLToken) -> String? {
    let text = CommentText.lines(of: comment).joined(separator: " ")
    return text.firstRange(of: "@renamed from=").map { String(text[$0.upperBound...]) }
  }

  /// Returns the parts of the name, which are separated by dots.
  private static func formerName(in comment: SQLToken, lexicon: Lexicon) throws(MetaxyError) -> [String]? {
    guard let text = annotation(in: comment) else { return nil }
    var parts: [String] = []
    for (place, token) in try SQLTokenizer.tokens(of: text, lexicon: lexicon).enumerated() {
      if place.isMultiple(of: 2) {
        guard token.kind == .word || token.kind == .quotedIdentifier else { break }
        parts.append(token.name(foldsNames: lexicon.foldsNames))
      } else if !token.isSymbol(".") {
        break
      }
    }
    return parts.isEmpty ? nil : parts
  }
}
