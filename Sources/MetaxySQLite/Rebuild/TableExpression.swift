internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// The expressions of one table's definition, in words that serve wherever it is made anew.
///
/// - A name in double quotes that no column has is a text to SQLite, unless it is told not to. Our connections tell it, so
///   that a misspelt column is an error; what others have made gets proper quotes. https://sqlite.org/quirks.html#dblquote
/// - A column may stand with the name of its table, which is another one until the new table takes the old one's place.
struct TableExpression {
  let table: String
  /// Folded.
  let columns: Set<String>

  func plain(_ expression: String) throws(MetaxyError) -> String {
    guard expression.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ".") }) else {
      return expression
    }
    return try SQLTokenizer.replacing(in: expression, lexicon: .sqlite) { position, tokens in
      let former = position > 0 ? tokens[position - 1] : nil
      let next = position + 1 < tokens.count ? tokens[position + 1] : nil
      if isTable(tokens[position], before: next) { return "" }
      if tokens[position].isSymbol("."), let former, isTable(former, before: tokens[position]) { return "" }
      return isText(tokens[position], after: former, before: next)
        ? LiteralValue.string(tokens[position].value).displayText : nil
    }
  }

  private func isTable(_ token: SQLToken, before next: SQLToken?) -> Bool {
    token.isName && token.value.folded == table.folded && next?.isSymbol(".") == true
  }

  /// Whether a token is a name to nobody: of no column, rowid, table, function, collation or type.
  private func isText(_ token: SQLToken, after former: SQLToken?, before next: SQLToken?) -> Bool {
    guard token.kind == .quotedIdentifier, token.text.first == "\"" else { return false }
    let name = token.value.folded
    guard !columns.contains(name), !["rowid", "_rowid_", "oid"].contains(name) else { return false }
    if let former, former.isSymbol(".") || former.isWord(in: "COLLATE", "AS") { return false }
    return next.map { !$0.isSymbol(".") && !$0.isSymbol("(") } ?? true
  }
}
