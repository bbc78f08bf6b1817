package import MetaxyNames

/// Reads the tokens of one statement from left to right.
package struct TokenReader {
  private let all: ArraySlice<SQLToken>
  package private(set) var tokens: ArraySlice<SQLToken>
  private let foldsNames: Bool

  /// - Parameter foldsNames: whether an unquoted name is folded to lower case.
  package init(_ tokens: some Sequence<SQLToken>, foldsNames: Bool = false) {
    all = ArraySlice(tokens)
    self.tokens = all
    self.foldsNames = foldsNames
  }

  /// Returns a reader of other tokens of the same statement.
  package func over(_ tokens: ArraySlice<SQLToken>) -> TokenReader { TokenReader(tokens, foldsNames: foldsNames) }

  /// Skips these words if they come next, and returns whether they did.
  package mutating func skip(_ first: String, _ others: String...) -> Bool {
    guard tokens.first?.isWord(first) == true, tokens.count > others.count,
      zip(tokens.dropFirst(), others).allSatisfy({ $0.isWord($1) })
    else { return false }
    tokens = tokens.dropFirst(1 + others.count)
    return true
  }

  package mutating func skip(symbol: String) -> Bool {
    guard let first = tokens.first, first.isSymbol(symbol) else { return false }
    tokens = tokens.dropFirst()
    return true
  }

  /// Reads the next identifier; SQLite also accepts strings as names in some places.
  package mutating func name() -> String? {
    guard let first = tokens.first, [.word, .quotedIdentifier, .string].contains(first.kind) else { return nil }
    tokens = tokens.dropFirst()
    return first.name(foldsNames: foldsNames)
  }

  /// Reads `name` or `schema.name`.
  package mutating func qualifiedName() -> TableName? {
    guard let first = name() else { return nil }
    guard skip(symbol: ".") else { return TableName(first) }
    return name().map { TableName($0, schema: first) }
  }

  /// Reads `name` or `schema.name` and drops the schema.
  package mutating func tableName() -> TableName? {
    qualifiedName().map { TableName($0.name) }
  }

  /// Skips `WITH a AS (…), b AS (…)` before a statement.
  package mutating func skipCommonTableExpressions() {
    guard skip("WITH") else { return }
    _ = skip("RECURSIVE")
    while let next = tokens.first, !next.isWord(in: "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "VALUES") {
      if next.isSymbol("(") { skipParentheses() } else { tokens = tokens.dropFirst() }
    }
  }

  package func hasWordAtTopLevel(_ word: String) -> Bool {
    var rest = self
    while let next = rest.tokens.first {
      if next.isWord(word) { return true }
      if next.isSymbol("(") { rest.skipParentheses() } else { rest.tokens = rest.tokens.dropFirst() }
    }
    return false
  }

  /// Reads the columns between `SET` and the end of an UPDATE's assignments.
  package mutating func assignedColumns() -> [String] {
    while let next = tokens.first, !next.isWord("SET") { tokens = tokens.dropFirst() }
    var columns: [String] = []
    var isAtStart = skip("SET")
    while let next = tokens.first, !next.isWord(in: "FROM", "RETURNING", "ORDER", "LIMIT") {
      if isAtStart { columns += assignmentTargets() } else { skipAny() }
      isAtStart = skip(symbol: ",")
    }
    return columns
  }

  /// Reads `a` of `a = 1`, or `a` and `b` of `(a, b) = (1, 2)`.
  private mutating func assignmentTargets() -> [String] {
    guard let first = tokens.first else { return [] }
    guard first.isSymbol("(") else { return name().map { [$0] } ?? [skipped()] }
    let inside = parenthesised()
    return inside.filter { !$0.isSymbol(",") }.map { $0.name(foldsNames: foldsNames) }
  }

  private mutating func skipped() -> String {
    let text = tokens.first.map { String($0.text) } ?? ""
    tokens = tokens.dropFirst()
    return text
  }

  /// Skips one token, or a parenthesis with its content.
  package mutating func skipAny() {
    if tokens.first?.isSymbol("(") == true { skipParentheses() } else { tokens = tokens.dropFirst() }
  }

  /// Skips one token of any kind.
  package mutating func skipToken() { tokens = tokens.dropFirst() }

  package mutating func skipParentheses() { _ = parenthesised() }

  /// Reads `( … )` and returns the tokens between the outer parentheses.
  package mutating func parenthesised() -> ArraySlice<SQLToken> {
    guard skip(symbol: "(") else { return [] }
    let start = tokens.startIndex
    var depth = 1
    while let next = tokens.first {
      if next.isSymbol("(") { depth += 1 }
      if next.isSymbol(")") { depth -= 1 }
      tokens = tokens.dropFirst()
      if depth == 0 { return all[start..<(tokens.startIndex - 1)] }
    }
    return all[start..<tokens.startIndex]
  }
}

extension SQLToken {
  /// Returns the name that an identifier denotes.
  package func name(foldsNames: Bool) -> String { foldsNames && kind == .word ? value.folded : value }
}
