internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// Rewrites the expressions of a table's definition into a form that works in a rebuild.
///
/// - SQLite by default reads a double-quoted name that is not a column as a string. Metaxy's connections turn this off,
///   so that a misspelt column is an error; the expressions of other programs get correct quotes.
///   https://sqlite.org/quirks.html#dblquote
/// - A column can be qualified with its table's name, but the new table has another name until it replaces the old one.
struct TableExpression {
  let table: String
  /// The column names, folded.
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
        ? SQLText.literal(tokens[position].value) : nil
    }
  }

  private func isTable(_ token: SQLToken, before next: SQLToken?) -> Bool {
    token.isName && token.value.folded == table.folded && next?.isSymbol(".") == true
  }

  /// Returns whether a token is a string in double quotes: not the name of a column, rowid, table, function, collation
  /// or type.
  private func isText(_ token: SQLToken, after former: SQLToken?, before next: SQLToken?) -> Bool {
    guard token.kind == .quotedIdentifier, token.text.first == "\"" else { return false }
    let name = token.value.folded
    guard !columns.contains(name), !["rowid", "_rowid_", "oid"].contains(name) else { return false }
    if let former, former.isSymbol(".") || former.isWord(in: "COLLATE", "AS") { return false }
    return next.map { !$0.isSymbol(".") && !$0.isSymbol("(") } ?? true
  }
}
