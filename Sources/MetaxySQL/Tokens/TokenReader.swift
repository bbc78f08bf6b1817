/// Reads the tokens of one statement from left to right.
package struct TokenReader {
  private let all: ArraySlice<SQLToken>
  package private(set) var tokens: ArraySlice<SQLToken>
  private let foldsNames: Bool

  /// - Parameter foldsNames: whether a name that is not quoted stands for the one in small letters.
  package init(_ tokens: some Sequence<SQLToken>, foldsNames: Bool = false) {
    all = ArraySlice(tokens)
    self.tokens = all
    self.foldsNames = foldsNames
  }

  /// Skips these words when they come next, and tells whether they did.
  package mutating func skip(_ words: String...) -> Bool {
    guard tokens.count >= words.count, zip(tokens, words).allSatisfy({ $0.isWord($1) }) else { return false }
    tokens = tokens.dropFirst(words.count)
    return true
  }

  package mutating func skip(symbol: String) -> Bool {
    guard let first = tokens.first, first.isSymbol(symbol) else { return false }
    tokens = tokens.dropFirst()
    return true
  }

  /// The identifier that comes next; SQLite takes texts for names in some places, too.
  package mutating func name() -> String? {
    guard let first = tokens.first, [.word, .quotedIdentifier, .string].contains(first.kind) else { return nil }
    tokens = tokens.dropFirst()
    return first.name(foldsNames: foldsNames)
  }

  /// `name` or `schema.name`.
  package mutating func qualifiedName() -> TableName? {
    guard let first = name() else { return nil }
    guard skip(symbol: ".") else { return TableName(first) }
    return name().map { TableName($0, schema: first) }
  }

  /// `name` or `schema.name`; the schema is left out.
  package mutating func tableName() -> TableName? {
    qualifiedName().map { TableName($0.name) }
  }

  /// `WITH a AS (…), b AS (…)` before a statement.
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

  /// The columns between `SET` and the end of an UPDATE's assignments.
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

  /// `a` of `a = 1`, or `a` and `b` of `(a, b) = (1, 2)`.
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

  /// Skips one token, or a parenthesis with all that stands in it.
  package mutating func skipAny() {
    if tokens.first?.isSymbol("(") == true { skipParentheses() } else { tokens = tokens.dropFirst() }
  }

  /// Skips one token, whatever it is.
  package mutating func skipToken() { tokens = tokens.dropFirst() }

  package mutating func skipParentheses() { _ = parenthesised() }

  /// Reads `( … )` and returns what stands between, parentheses within included.
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
  /// The name that an identifier stands for.
  func name(foldsNames: Bool) -> String { foldsNames && kind == .word ? value.folded : value }
}
