package import MetaxyNames

/// A plain UPDATE with a condition, which can run on a part of its rows at a time.
///
/// ```sql
/// UPDATE "video" SET "fps" = 24 WHERE "fps" IS NULL
/// UPDATE "video" SET "fps" = 24 WHERE ("fps" IS NULL) AND (rowid) <= (10000)
/// ```
package struct BatchedUpdate: Sendable {
  package let table: TableName
  /// The table as the statement names it, as an item of `FROM`.
  package let target: String
  /// The condition, in parentheses.
  package let condition: String
  /// The text before the condition.
  private let start: String

  /// Nil for any other statement: one without a condition, with other tables, or with an end that a condition cannot follow.
  package init?(_ tokens: [SQLToken]) {
    guard tokens.count > 3, tokens[0].isWord("UPDATE"), let set = Self.place(of: "SET", in: tokens, from: 1),
      let place = Self.place(of: "WHERE", in: tokens, from: set), place + 1 < tokens.count,
      Self.place(of: "FROM", in: Array(tokens[..<place]), from: set) == nil
    else { return nil }
    for word in ["RETURNING", "ORDER", "LIMIT", "CURRENT"]
    where Self.place(of: word, in: tokens, from: place) != nil { return nil }
    var words = TokenReader(tokens[1..<set], foldsNames: true)
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return nil }
    // `UPDATE OR IGNORE t` names no table first.
    if !words.tokens.isEmpty, !words.skip(symbol: "*"), !words.skip("AS") { return nil }
    self.table = table
    target = Self.text(tokens[1..<set])
    condition = "(\(Self.text(tokens[(place + 1)...])))"
    start = Self.text(tokens[...place])
  }

  /// Returns the statement for the rows that meet a further condition.
  package func limited(to range: String) -> String { "\(start) \(condition) AND \(range)" }

  private static func place(of word: String, in tokens: [SQLToken], from start: Int) -> Int? {
    var depth = 0
    for place in start..<tokens.count {
      if tokens[place].isSymbol("(") { depth += 1 }
      if tokens[place].isSymbol(")") { depth -= 1 }
      if depth == 0, tokens[place].isWord(word) { return place }
    }
    return nil
  }

  /// Returns the text from the first to the last of these tokens, as written.
  private static func text(_ tokens: ArraySlice<SQLToken>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }
}
