/// A condition in the `sql_filters` of a dependency, in the syntax that all engines share.
///
/// Metaxy's own language: comparisons, `AND`, `OR`, `NOT`, `IN`, `IS NULL`, numbers, texts and truth values. It reads
/// `= NULL` as `IS NULL`.
package struct RowFilter {
  /// A column as it is written in SQL.
  package struct Column {
    var sql: String
    /// What makes its texts sort by their code points; empty if they do, or for other values.
    var collation: String

    package init(sql: String, collation: String = "") {
      self.sql = sql
      self.collation = collation
    }
  }

  /// Why a condition cannot be applied.
  package struct Problem: Error {
    package var reason: String
  }

  /// The condition, in parentheses.
  package let sql: String

  /// - Parameters:
  ///   - text: the condition, in Metaxy's language.
  ///   - column: returns a column by its name in the condition; nil if there is none.
  /// - Throws: `Problem` for a condition outside the language.
  package init(_ text: String, _ column: @escaping (String) -> Column?) throws(Problem) {
    var parser = FilterParser(try FilterTokens(text).tokens, column)
    sql = "(\(try parser.whole()))"
  }

  /// Checks a condition before it is used.
  ///
  /// - Parameter isColumn: whether a name is that of a column.
  /// - Throws: `Problem` for a condition outside the language, or with the name of a column that does not exist.
  package static func check(_ text: String, isColumn: @escaping (String) -> Bool) throws(Problem) {
    _ = try RowFilter(text) { isColumn($0) ? Column(sql: SQLText.identifier($0)) : nil }
  }
}

/// Translates the tokens of a condition, with one function for each level of precedence.
private struct FilterParser {
  private struct Operand {
    var sql: String
    var collation = ""
    var isNull = false
  }

  private let tokens: [FilterTokens.Token]
  private let column: (String) -> RowFilter.Column?
  private var position = 0

  init(_ tokens: [FilterTokens.Token], _ column: @escaping (String) -> RowFilter.Column?) {
    self.tokens = tokens
    self.column = column
  }

  mutating func whole() throws(RowFilter.Problem) -> String {
    let sql = try alternatives()
    guard position == tokens.count else { throw unexpected() }
    return sql
  }

  private mutating func alternatives() throws(RowFilter.Problem) -> String {
    var sql = try conjunction()
    while skip("OR") { sql += " OR \(try conjunction())" }
    return sql
  }

  private mutating func conjunction() throws(RowFilter.Problem) -> String {
    var sql = try negation()
    while skip("AND") { sql += " AND \(try negation())" }
    return sql
  }

  private mutating func negation() throws(RowFilter.Problem) -> String {
    guard skip("NOT") else { return try comparison() }
    return "NOT (\(try negation()))"
  }

  private mutating func comparison() throws(RowFilter.Problem) -> String {
    if skip("(") {
      let sql = try alternatives()
      try require(")")
      return "(\(sql))"
    }
    let left = try operand()
    if skip("IS") {
      let isNegated = skip("NOT")
      try require("NULL")
      return "\(left.sql) IS \(isNegated ? "NOT " : "")NULL"
    }
    let isNegated = skip("NOT")
    if skip("IN") { return "\(left.sql) \(isNegated ? "NOT " : "")IN (\(try list()))" }
    guard !isNegated else { throw unexpected() }
    guard let symbol = ["=", "<>", "!=", "<=", ">=", "<", ">"].first(where: { skip($0) }) else { return left.sql }
    return compared(left, symbol == "!=" ? "<>" : symbol, try operand())
  }

  private func compared(_ left: Operand, _ symbol: String, _ right: Operand) -> String {
    guard left.isNull || right.isNull else {
      let collation = left.collation.isEmpty ? right.collation : left.collation
      return "\(left.sql) \(symbol) \(right.sql)\(collation)"
    }
    let other = left.isNull ? right : left
    switch symbol {
    case "=": return "\(other.sql) IS NULL"
    case "<>": return "\(other.sql) IS NOT NULL"
    default: return "\(left.sql) \(symbol) \(right.sql)"
    }
  }

  private mutating func list() throws(RowFilter.Problem) -> String {
    try require("(")
    var values = [try operand().sql]
    while skip(",") { values.append(try operand().sql) }
    try require(")")
    return values.joined(separator: ", ")
  }

  private mutating func operand() throws(RowFilter.Problem) -> Operand {
    guard position < tokens.count else { throw RowFilter.Problem(reason: "it ends where a value is expected") }
    let token = tokens[position]
    position += 1
    switch token {
    case .text(let text): return Operand(sql: SQLText.literal(text))
    case .number(let digits): return Operand(sql: digits)
    case .symbol("-"):
      guard position < tokens.count, case .number(let digits) = tokens[position] else { throw unexpected() }
      position += 1
      return Operand(sql: "-\(digits)")
    case .word(let word) where ["TRUE", "FALSE", "NULL"].contains(word.uppercased()):
      return Operand(sql: word.uppercased(), isNull: word.uppercased() == "NULL")
    case .word(let name), .name(let name):
      guard !skip("(") else { throw RowFilter.Problem(reason: "it calls the function `\(name)`") }
      guard let column = column(name) else { throw RowFilter.Problem(reason: "there is no column `\(name)`") }
      return Operand(sql: column.sql, collation: column.collation)
    case .symbol:
      position -= 1
      throw unexpected()
    }
  }

  /// Skips a word, in any case, or a symbol.
  private mutating func skip(_ text: String) -> Bool {
    guard position < tokens.count else { return false }
    switch tokens[position] {
    case .word(let word) where word.uppercased() == text: break
    case .symbol(text): break
    default: return false
    }
    position += 1
    return true
  }

  private mutating func require(_ text: String) throws(RowFilter.Problem) {
    guard skip(text) else { throw unexpected() }
  }

  private func unexpected() -> RowFilter.Problem {
    guard position < tokens.count else { return RowFilter.Problem(reason: "it ends too early") }
    return RowFilter.Problem(reason: "`\(tokens[position].text)` is not part of Metaxy's filters")
  }
}

/// The tokens of a condition.
private struct FilterTokens {
  enum Token {
    case word(String)
    /// A name in quotes.
    case name(String)
    case number(String)
    case text(String)
    case symbol(String)

    var text: String {
      switch self {
      case .word(let text), .name(let text), .number(let text), .text(let text), .symbol(let text): text
      }
    }
  }

  private(set) var tokens: [Token] = []
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) throws(RowFilter.Problem) {
    rest = text[...].unicodeScalars
    while let first = rest.first {
      if first.properties.isWhitespace {
        rest.removeFirst()
      } else if first == "'" || first == "\"" {
        let quoted = try quoted(by: first)
        tokens.append(first == "'" ? .text(quoted) : .name(quoted))
      } else if ("0"..."9").contains(first) {
        tokens.append(.number(take { ("0"..."9").contains($0) || $0 == "." }))
      } else if Self.isOfName(first) {
        tokens.append(.word(take { Self.isOfName($0) || ("0"..."9").contains($0) }))
      } else {
        tokens.append(.symbol(symbol()))
      }
    }
  }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.properties.isAlphabetic }

  private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> String {
    let part = rest.prefix(while: isPart)
    rest = rest.dropFirst(part.count)
    return String(part)
  }

  /// A text in quotes; two quotes in it stand for one.
  private mutating func quoted(by quote: Unicode.Scalar) throws(RowFilter.Problem) -> String {
    var text = String.UnicodeScalarView()
    rest.removeFirst()
    while let scalar = rest.first {
      rest.removeFirst()
      if scalar == quote {
        guard rest.first == quote else { return String(text) }
        rest.removeFirst()
      }
      text.append(scalar)
    }
    throw RowFilter.Problem(reason: "a quote is not closed")
  }

  private mutating func symbol() -> String {
    for symbol in ["<>", "!=", "<=", ">="] where rest.starts(with: symbol.unicodeScalars) {
      rest = rest.dropFirst(2)
      return symbol
    }
    return String(rest.removeFirst())
  }
}
