package import MetaxyNames

/// One item of `FROM`, with its alias.
package struct FromItem: Sendable, Hashable {
  package enum Origin: Sendable, Hashable {
    /// A table, or a common table expression.
    case table(TableName)
    indirect case query(RowQuery)
  }

  package var origin: Origin
  /// The item as it is written, with its alias.
  package var text: String
  /// The name with which its columns can be qualified; nil for a query without an alias.
  package var name: String?
}

/// The columns of a SELECT in `FROM` or in `WITH`.
package struct RowQuery: Sendable, Hashable {
  package enum Column: Sendable, Hashable {
    /// All columns of the item.
    case all
    /// - Parameters:
    ///   - alias: the name after `AS`; nil without one.
    ///   - source: the column of the item that it is; nil for an expression.
    ///   - isPosition: whether it is the result of a window function, which is about the place among the rows.
    case one(alias: String?, source: String?, isPosition: Bool)
  }

  package var columns: [Column]
  /// What it reads; nil if that is not one item.
  package var item: FromItem?
  /// Whether each of its rows is a row of the item.
  package var keepsRows: Bool

  /// Reads a whole SELECT; nil for another query.
  init?(_ reader: TokenReader) {
    var words = reader
    guard words.skip("SELECT") else { return nil }
    let isDistinct = words.skip("DISTINCT")
    if isDistinct, words.skip("ON") { words.skipParentheses() }
    _ = words.skip("ALL")
    var isComparison = false
    let list = words.taken { token in
      defer { isComparison = token.isWord("DISTINCT") }  // `a IS DISTINCT FROM b`
      return token.isWord("FROM") && !isComparison
    }
    columns = list.isEmpty ? [] : words.over(list).parts(separatedBy: ",").map { Column(words.over($0)) }
    keepsRows = !isDistinct
    guard words.skip("FROM") else { return }
    item = words.fromItem()
    guard words.condition() != nil, words.tokens.first.map(\.startsClause) ?? true,
      !["UNION", "INTERSECT", "EXCEPT"].contains(where: words.hasWordAtTopLevel)
    else {
      item = nil
      return
    }
    if ["GROUP", "HAVING"].contains(where: words.hasWordAtTopLevel) { keepsRows = false }
  }
}

extension RowQuery.Column {
  init(_ reader: TokenReader) {
    let tokens = reader.tokens
    if tokens.last?.isSymbol("*") == true, tokens.count == 1 || tokens.dropLast().last?.isSymbol(".") == true {
      self = .all
      return
    }
    var expression = tokens
    var alias: String?
    if tokens.count > 2, tokens.dropLast().last?.isWord("AS") == true, let last = tokens.last {
      var name = reader.over([last])
      alias = name.name()
      expression = tokens.dropLast(2)
    }
    var words = reader.over(expression)
    var source: String?
    repeat { source = words.name() } while words.skip(symbol: ".")
    self = .one(
      alias: alias, source: words.tokens.isEmpty ? source : nil,
      isPosition: reader.over(expression).hasWordAtTopLevel("OVER"))
  }
}

extension SQLToken {
  private static let clauses: Set<String> = [
    "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "union", "intersect", "except",
  ]

  /// Whether the token starts what can follow an item of `FROM` or a condition.
  var startsClause: Bool { kind == .word && Self.clauses.contains(String(text).folded) }
}

extension ArraySlice<SQLToken> {
  /// The text from the first to the last one.
  var written: String {
    guard let first, let last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }
}

extension TokenReader {
  /// Reads `[ONLY] a.b [[AS] c]` or `(SELECT …) [[AS] c]`.
  mutating func fromItem() -> FromItem? {
    let start = tokens
    let origin: FromItem.Origin
    var name: String?
    if tokens.first?.isSymbol("(") == true {
      guard let query = RowQuery(over(parenthesised())) else { return nil }
      origin = .query(query)
    } else {
      _ = skip("ONLY")
      guard let table = qualifiedName(), tokens.first?.isSymbol("(") != true else { return nil }
      origin = .table(table)
      name = table.name
    }
    name = alias() ?? name
    return FromItem(origin: origin, text: start[..<tokens.startIndex].written, name: name)
  }

  /// Reads `AS a`, or `a` where no clause starts.
  mutating func alias() -> String? {
    if skip("AS") { return name() }
    guard let next = tokens.first, next.kind == .quotedIdentifier || next.kind == .word, !next.startsClause,
      !next.isWord("FROM")
    else {
      return nil
    }
    return name()
  }

  /// Reads the tokens after `WHERE` up to the next clause; none without a condition, and nil for an empty one.
  mutating func condition() -> ArraySlice<SQLToken>? {
    guard skip("WHERE") else { return [] }
    let condition = taken(before: \.startsClause)
    return condition.isEmpty ? nil : condition
  }

  /// Reads the tokens up to one outside parentheses.
  mutating func taken(before isEnd: (SQLToken) -> Bool) -> ArraySlice<SQLToken> {
    let start = tokens
    while let next = tokens.first, !isEnd(next) { skipAny() }
    return start[..<tokens.startIndex]
  }

  /// Returns the names in an expression that can be columns of an item: without a qualifier only outside of subqueries, which have
  /// tables of their own.
  func columns(in expression: ArraySlice<SQLToken>, of item: FromItem) -> Set<String> {
    var names: Set<String> = []
    var isWithinSubquery: [Bool] = []
    let tokens = Array(expression)
    func isSymbol(_ symbol: String, at place: Int) -> Bool {
      tokens.indices.contains(place) && tokens[place].isSymbol(symbol)
    }
    for (place, token) in tokens.enumerated() {
      if token.isSymbol("(") {
        let isQuery = place + 1 < tokens.count && tokens[place + 1].isWord(in: "SELECT", "WITH", "VALUES")
        isWithinSubquery.append(isQuery || isWithinSubquery.last ?? false)
      } else if token.isSymbol(")") {
        _ = isWithinSubquery.popLast()
      }
      guard token.kind == .word || token.kind == .quotedIdentifier, !isSymbol("(", at: place + 1),
        !isSymbol(".", at: place + 1), !isSymbol("::", at: place - 1),
        place == 0 || !tokens[place - 1].isWord(in: "AS", "COLLATE")
      else { continue }
      let isOfItem =
        isSymbol(".", at: place - 1)
        ? place > 1 && identifier(tokens[place - 2]).folded == item.name?.folded : !(isWithinSubquery.last ?? false)
      if isOfItem { names.insert(identifier(token)) }
    }
    return names
  }

  private func identifier(_ token: SQLToken) -> String {
    var words = over([token])
    return words.name() ?? ""
  }
}
