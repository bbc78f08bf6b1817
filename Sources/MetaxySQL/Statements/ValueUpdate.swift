package import MetaxyNames

/// An UPDATE that gives one value of a column another spelling, and does nothing else.
///
/// ```sql
/// UPDATE "video" SET "state" = 'ready' WHERE "state" = 'done'
/// ```
package struct ValueUpdate: Sendable, Hashable {
  package let table: TableName
  package let column: String
  package let old: String
  package let new: String

  /// Nil for any other statement.
  package init?(_ tokens: [SQLToken], foldsNames: Bool) {
    var words = TokenReader(tokens, foldsNames: foldsNames)
    guard words.skip("UPDATE"), let table = words.qualifiedName(), words.skip("SET"), let column = words.name(),
      words.skip(symbol: "="), let new = words.text(), words.skip("WHERE"), words.name() == column,
      words.skip(symbol: "="), let old = words.text(), words.tokens.isEmpty
    else { return nil }
    (self.table, self.column, self.old, self.new) = (table, column, old, new)
  }
}

extension TokenReader {
  /// Reads a text.
  mutating func text() -> String? {
    guard let first = tokens.first, first.kind == .string else { return nil }
    skipToken()
    return first.value
  }
}
