internal import MetaxyNames
internal import MetaxySQL

/// The columns to which an `ALTER TABLE` gives new types: `ALTER c TYPE … USING …`.
struct PostgreSQLConversionText {
  struct Column {
    var name: String
    /// The new type, as written.
    var type: String
    /// The expression after `USING`, as written; nil if there is none.
    var using: String?
  }

  let table: TableName
  private(set) var columns: [Column] = []

  /// Nil for a statement that converts no column.
  init?(_ statement: [SQLToken]) {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("ALTER", "TABLE") else { return nil }
    _ = words.skip("IF", "EXISTS")
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return nil }
    self.table = table
    _ = words.skip(symbol: "*")
    while !words.tokens.isEmpty {
      if let column = Self.column(&words) { columns.append(column) }
      while let next = words.tokens.first, !next.isSymbol(",") { words.skipAny() }
      _ = words.skip(symbol: ",")
    }
    if columns.isEmpty { return nil }
  }

  /// Reads one action up to its end or the comma after it.
  private static func column(_ words: inout TokenReader) -> Column? {
    guard words.skip("ALTER") else { return nil }
    _ = words.skip("COLUMN")
    guard let name = words.name(), words.skip("TYPE") || words.skip("SET", "DATA", "TYPE") else { return nil }
    let type = text(&words) { $0.isSymbol(",") || $0.isWord(in: "USING", "COLLATE") }
    if words.skip("COLLATE") { _ = text(&words) { $0.isSymbol(",") || $0.isWord("USING") } }
    guard words.skip("USING") else { return Column(name: name, type: type) }
    return Column(name: name, type: type, using: text(&words) { $0.isSymbol(",") })
  }

  /// Reads up to a token outside parentheses at which it ends, and returns the text as written.
  private static func text(_ words: inout TokenReader, until isEnd: (SQLToken) -> Bool) -> String {
    let start = words.tokens
    while let next = words.tokens.first, !isEnd(next) { words.skipAny() }
    let read = start.prefix(start.count - words.tokens.count)
    guard let first = read.first, let last = read.last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }
}
