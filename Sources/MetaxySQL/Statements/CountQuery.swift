internal import MetaxyNames

/// A query that counts the rows of one item of `FROM`, so that some of these rows can be shown.
///
/// ```sql
/// SELECT count(*) FROM "video" WHERE "size" IS NULL
/// SELECT coalesce(sum("n"), 0) FROM (SELECT count(*) AS "n" FROM "video" GROUP BY "path" HAVING count(*) > 1)
/// ```
///
/// The second one counts the rows that share their values. Both can be in parentheses, as `SELECT (SELECT …)`, and have
/// common table expressions. The parts keep their text, so that another query of them is about the same rows.
package struct CountQuery: Sendable, Hashable {
  /// A common table expression.
  package struct Definition: Sendable, Hashable {
    package var name: String
    /// The names of its columns; none if they are those of its query.
    package var columns: [String]
    /// nil if its columns cannot be read.
    package var query: RowQuery?
  }

  /// Rows that share the values of `terms`.
  package struct Grouping: Sendable, Hashable {
    package var terms: String
    /// The number of rows, as written, of which a group has more.
    package var exceeded: String
  }

  package private(set) var definitions: [Definition] = []
  /// Their text after `WITH`.
  package private(set) var definitionsText: String?
  package private(set) var item: FromItem
  /// The text after `WHERE`; nil without one.
  package private(set) var condition: String?
  package private(set) var grouping: Grouping?
  /// The names of columns of the item in the condition and in the terms of the grouping.
  package private(set) var namedColumns: Set<String>

  /// Reads a query that an engine accepts; nil for one of another shape.
  package init?(_ text: String, lexicon: Lexicon) {
    // What cannot be tokenised has another shape.
    guard var tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon) else { return nil }
    if tokens.last?.isSymbol(";") == true { tokens.removeLast() }
    guard !tokens.contains(where: { $0.isSymbol(";") }) else { return nil }
    var words = TokenReader(tokens, foldsNames: lexicon.foldsNames)
    while true {
      if words.tokens.first?.isSymbol("(") == true {
        let inside = words.parenthesised()
        _ = words.alias()
        guard words.tokens.isEmpty else { return nil }
        words = words.over(inside)
      } else if words.tokens.first?.isWord("WITH") == true {
        guard definitionsText == nil, let (read, text) = words.definitions() else { return nil }
        (definitions, definitionsText) = (read, text)
      } else {
        guard words.skip("SELECT") else { return nil }
        if words.tokens.first?.isSymbol("(") != true { break }
      }
    }
    guard let counted = words.countedRows() ?? words.countedGroups() else { return nil }
    item = counted.item
    condition = counted.condition.isEmpty ? nil : counted.condition.written
    grouping = counted.grouping.map { Grouping(terms: $0.terms.written, exceeded: $0.exceeded) }
    namedColumns = words.columns(in: counted.condition, of: item)
      .union(words.columns(in: counted.grouping?.terms ?? [], of: item))
  }
}

private struct CountedItem {
  var item: FromItem
  var condition: ArraySlice<SQLToken>
  var grouping: (terms: ArraySlice<SQLToken>, exceeded: String)?
}

extension TokenReader {
  /// Reads `count(*) FROM item [WHERE condition]` to the end.
  fileprivate func countedRows() -> CountedItem? {
    var words = self
    guard words.skipCount() else { return nil }
    _ = words.alias()
    guard words.skip("FROM"), let item = words.fromItem(), let condition = words.condition(), words.tokens.isEmpty
    else { return nil }
    return CountedItem(item: item, condition: condition)
  }

  /// Reads `coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM item [WHERE condition] GROUP BY terms HAVING count(*) > 1)` to
  /// the end.
  fileprivate func countedGroups() -> CountedItem? {
    var words = self
    guard let sum = words.summedName() else { return nil }
    _ = words.alias()
    guard words.skip("FROM") else { return nil }
    var inside = over(words.parenthesised())
    _ = words.alias()
    guard words.tokens.isEmpty, inside.skip("SELECT"), inside.skipCount(), inside.alias()?.folded == sum.folded,
      inside.skip("FROM"), let item = inside.fromItem(), let condition = inside.condition(), inside.skip("GROUP", "BY")
    else { return nil }
    let terms = inside.taken { $0.isWord("HAVING") }
    guard !terms.isEmpty, inside.skip("HAVING"), inside.skipCount(), inside.skip(symbol: ">"),
      let limit = inside.tokens.first, limit.kind == .number, inside.tokens.count == 1
    else { return nil }
    return CountedItem(item: item, condition: condition, grouping: (terms, String(limit.text)))
  }

  /// Skips `count(*)`.
  private mutating func skipCount() -> Bool {
    guard skip("count") else { return false }
    let inside = parenthesised()
    return inside.count == 1 && inside.first?.isSymbol("*") == true
  }

  /// Reads `coalesce(sum(n), 0)`, with a type or not, and returns `n`.
  private mutating func summedName() -> String? {
    guard skip("coalesce") else { return nil }
    var inside = over(parenthesised())
    if skip(symbol: "::") { _ = name() }
    guard inside.skip("sum") else { return nil }
    var summed = over(inside.parenthesised())
    guard let name = summed.name(), summed.tokens.isEmpty, inside.skip(symbol: ","), inside.tokens.count == 1,
      inside.tokens.first?.text == "0"
    else { return nil }
    return name
  }

  /// Reads `WITH a (x, y) AS (…), b AS MATERIALIZED (…)`, and returns also its text after `WITH`.
  fileprivate mutating func definitions() -> ([CountQuery.Definition], String)? {
    guard skip("WITH"), tokens.first?.isWord("RECURSIVE") == false else { return nil }
    let start = tokens
    var definitions: [CountQuery.Definition] = []
    repeat {
      guard let name = name() else { return nil }
      var columns = over(tokens.first?.isSymbol("(") == true ? parenthesised() : [])
      guard skip("AS") else { return nil }
      _ = skip("NOT")
      _ = skip("MATERIALIZED")
      guard tokens.first?.isSymbol("(") == true else { return nil }
      definitions.append(
        CountQuery.Definition(name: name, columns: columns.names(), query: RowQuery(over(parenthesised()))))
    } while skip(symbol: ",")
    return (definitions, start[..<tokens.startIndex].written)
  }
}
