internal import MetaxyNames
internal import MetaxySQL

/// The columns to which an `ALTER TABLE` gives new types with computed values: `ALTER c TYPE … USING …`.
struct PostgreSQLConversionText {
  struct Column {
    var name: String
    /// Whether the expression after `USING` names the column itself.
    var readsItself: Bool
  }

  let table: TableName
  private(set) var columns: [Column] = []

  /// Nil for a statement that converts no column so.
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
    while let next = words.tokens.first, !next.isWord("USING"), !next.isSymbol(",") { words.skipAny() }
    guard words.skip("USING") else { return nil }
    var readsItself = false
    while words.tokens.first.map({ !$0.isSymbol(",") }) ?? false {
      // Parentheses may contain commas.
      let start = words.tokens
      words.skipAny()
      for token in start.prefix(start.count - words.tokens.count) {
        if token.kind == .word && token.value.folded == name { readsItself = true }
        if token.kind == .quotedIdentifier && token.value == name { readsItself = true }
      }
    }
    return Column(name: name, readsItself: readsItself)
  }
}
