internal import MetaxyErrors
internal import MetaxySQL

/// The parts of a `CREATE INDEX` text that SQLite's catalog does not contain: expressions and the predicate.
struct CreateIndexText {
  /// The elements in order, without collation and direction.
  private(set) var terms: [String] = []
  private(set) var predicate: String?

  /// Parses the text that SQLite stores. https://sqlite.org/lang_createindex.html
  init(_ sql: String) throws(MetaxyError) {
    var reader = TokenReader(try SQLTokenizer.tokens(of: sql, lexicon: .sqlite))
    while let next = reader.tokens.first, !next.isSymbol("(") { reader.skipAny() }
    var elements = TokenReader(reader.parenthesised())
    while !elements.tokens.isEmpty {
      let start = elements.tokens
      while let next = elements.tokens.first, !next.isSymbol(",") { elements.skipAny() }
      terms.append(Self.term(start[..<elements.tokens.startIndex]))
      _ = elements.skip(symbol: ",")
    }
    if reader.skip("WHERE") { predicate = SQLSource.text(of: reader.tokens) }
  }

  /// Returns the text with its expressions in canonical form.
  func plain(_ expressions: TableExpression) throws(MetaxyError) -> CreateIndexText {
    var text = self
    for index in terms.indices { text.terms[index] = try expressions.plain(terms[index]) }
    if let predicate { text.predicate = try expressions.plain(predicate) }
    return text
  }

  private static func term(_ tokens: ArraySlice<SQLToken>) -> String {
    var tokens = tokens
    if let last = tokens.last, last.isWord(in: "ASC", "DESC") { tokens = tokens.dropLast() }
    if tokens.count > 2, tokens.dropLast().last?.isWord("COLLATE") == true { tokens = tokens.dropLast(2) }
    return SQLSource.text(of: tokens)
  }
}
