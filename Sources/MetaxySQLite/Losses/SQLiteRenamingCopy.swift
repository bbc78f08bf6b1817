internal import MetaxyNames
internal import MetaxySQL

/// A copy of a table that gives values another spelling.
///
/// ```sql
/// INSERT INTO "_metaxy_new_video" ("id", "state")
/// SELECT "id", CASE "state" WHEN 'done' THEN 'ready' ELSE "state" END FROM "video"
/// ```
struct SQLiteRenamingCopy {
  let source: String
  let target: String
  /// The values by the folded names of their columns.
  let values: [String: ValueCase]

  /// Nil for any other statement.
  init?(_ statement: [SQLToken]) {
    var words = TokenReader(statement)
    guard words.skip("INSERT", "INTO"), let target = words.tableName() else { return nil }
    let targets = words.parenthesised().filter { !$0.isSymbol(",") }.map(\.value)
    guard words.skip("SELECT") else { return nil }
    var values: [String: ValueCase] = [:]
    var terms: [ArraySlice<SQLToken>] = [[]]
    while let next = words.tokens.first, !next.isWord("FROM") {
      if next.isSymbol(",") {
        terms.append([])
        words.skipToken()
      } else {
        let before = words.tokens
        words.skipAny()
        terms[terms.count - 1] += before.prefix(before.count - words.tokens.count)
      }
    }
    guard words.skip("FROM"), let source = words.tableName(), terms.count == targets.count,
      words.tokens.isEmpty || words.skip("ORDER", "BY") && !words.hasWordAtTopLevel("LIMIT")
    else {
      return nil
    }
    for (target, term) in zip(targets, terms) {
      if let value = ValueCase(Self.withoutReplacement(term)), value.column.folded == target.folded {
        values[target.folded] = value
      }
    }
    guard !values.isEmpty else { return nil }
    (self.source, self.target, self.values) = (source.name, target.name, values)
  }

  /// Returns the first value of `coalesce(…, …)`, which is the one of a row that has any; other terms as they are.
  private static func withoutReplacement(_ term: ArraySlice<SQLToken>) -> ArraySlice<SQLToken> {
    var words = TokenReader(term)
    guard words.skip("COALESCE") else { return term }
    let inside = words.parenthesised()
    return inside.prefix { !$0.isSymbol(",") }
  }
}
