/// The values that a query gives another spelling: `CASE "state" WHEN 'done' THEN 'ready' ELSE "state" END`.
package struct ValueCase: Sendable {
  package let column: String
  package let values: [(old: String, new: String)]

  /// Reads one term of a `SELECT`; nil for any other.
  package init?(_ tokens: ArraySlice<SQLToken>) {
    var words = TokenReader(tokens)
    guard words.skip("CASE"), let column = words.name() else { return nil }
    var values: [(old: String, new: String)] = []
    while words.skip("WHEN") {
      guard let old = words.text(), words.skip("THEN"), let new = words.text() else { return nil }
      values.append((old, new))
    }
    guard !values.isEmpty, words.skip("ELSE"), words.name() == column, words.skip("END"), words.tokens.isEmpty else {
      return nil
    }
    (self.column, self.values) = (column, values)
  }
}
