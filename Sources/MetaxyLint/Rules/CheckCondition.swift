internal import MetaxyNames
internal import MetaxySQL

/// One of the conditions that a check joins by `AND`.
enum CheckCondition: Hashable {
  case notNull(String)
  /// `column IN (…)`, with the tokens of its values.
  case membership(String, Set<String>)
  /// `column > 0`: a lower or an upper bound.
  case bound(String, isLower: Bool, isInclusive: Bool, Double)
  /// Any other condition, in a form without spaces, casts and outer parentheses.
  case other([String], names: [String], distinguishesNull: Bool)

  /// - Parameter fold: the name by which the engine compares names.
  static func all(in expression: [SQLToken], fold: (String) -> String) -> [CheckCondition] {
    parts(of: withoutCasts(expression)[...]).map { CheckCondition($0, fold) }
  }

  /// The columns, and other names.
  var names: [String] {
    switch self {
    case .notNull(let name), .membership(let name, _), .bound(let name, _, _, _): [name]
    case .other(_, let names, _): names
    }
  }

  /// Whether it can be false for NULL: it contains `IS`, `CASE` or a call.
  var distinguishesNull: Bool {
    switch self {
    case .notNull: true
    case .membership, .bound: false
    case .other(_, _, let distinguishesNull): distinguishesNull
    }
  }

  /// Whether each row that meets this condition also meets `other`.
  func implies(_ other: CheckCondition) -> Bool {
    switch (self, other) {
    case (.membership(let left, let values), .membership(let right, let more)):
      left == right && values.isSubset(of: more)
    case (.membership(let left, let values), .bound(let right, _, _, _)):
      left == right && values.allSatisfy { other.accepts(number: Double($0)) }
    case (
      .bound(let left, let isLower, let isInclusive, let value),
      .bound(let right, let otherIsLower, let otherIsInclusive, let limit)
    ):
      left == right && isLower == otherIsLower
        && (value == limit ? otherIsInclusive || !isInclusive : (value > limit) == isLower)
    default: self == other
    }
  }

  /// Whether a constant meets the condition.
  func accepts(_ constant: [SQLToken], for column: String) -> Bool {
    let tokens = Self.withoutCasts(constant)
    guard let value = tokens.last, tokens.count == 1 || tokens.count == 2 && tokens[0].isSymbol("-") else {
      return false
    }
    let number = Double(value.value).map { tokens.count == 2 ? -$0 : $0 }
    switch self {
    case .membership(let name, let values):
      return name == column && tokens.count == 1 && values.contains(Self.text(of: value))
    case .bound(let name, _, _, _): return name == column && accepts(number: number)
    case .notNull, .other: return false
    }
  }

  private func accepts(number: Double?) -> Bool {
    guard case .bound(_, let isLower, let isInclusive, let limit) = self, let number else { return false }
    return number == limit ? isInclusive : (number > limit) == isLower
  }

  // MARK: Reading

  private init(_ tokens: ArraySlice<SQLToken>, _ fold: (String) -> String) {
    let list = Array(tokens)
    self =
      Self.notNull(list, fold) ?? Self.membership(list, fold) ?? Self.bound(list, fold)
      ?? .other(
        list.map { $0.isName ? fold($0.value) : String($0.text) },
        names: list.filter(\.isName).map { fold($0.value) },
        distinguishesNull: list.contains { $0.isWord(in: "IS", "CASE", "ISNULL", "NOTNULL", "EXISTS") } || hasCall(list)
      )
  }

  private static func notNull(_ tokens: [SQLToken], _ fold: (String) -> String) -> CheckCondition? {
    guard let first = tokens.first, first.isName else { return nil }
    let rest = tokens.dropFirst()
    let isNotNull =
      rest.count == 3 && zip(rest, ["IS", "NOT", "NULL"]).allSatisfy { $0.isWord($1) }
      || rest.count == 1 && rest.first?.isWord("NOTNULL") == true
    return isNotNull ? .notNull(fold(first.value)) : nil
  }

  /// Reads `a IN ('x', 'y')`, `a = 'x'` and `a = ANY (ARRAY['x', 'y'])`.
  private static func membership(_ tokens: [SQLToken], _ fold: (String) -> String) -> CheckCondition? {
    guard tokens.count > 2, tokens[0].isName, !tokens[0].isWord("NOT") else { return nil }
    let marks = tokens[1...].prefix {
      $0.isWord(in: "IN", "ANY", "ARRAY") || $0.isSymbol("=") || $0.isSymbol("(") || $0.isSymbol("[")
    }
    let values = tokens[(1 + marks.count)...].prefix { [.string, .number].contains($0.kind) || $0.isSymbol(",") }
    let rest = tokens[(1 + marks.count + values.count)...]
    guard marks.contains(where: { $0.isWord("IN") || $0.isSymbol("=") }), !values.isEmpty,
      rest.allSatisfy({ $0.isSymbol(")") || $0.isSymbol("]") })
    else { return nil }
    return .membership(fold(tokens[0].value), Set(values.filter { !$0.isSymbol(",") }.map(text)))
  }

  private static func bound(_ tokens: [SQLToken], _ fold: (String) -> String) -> CheckCondition? {
    guard tokens.count >= 3, tokens[0].isName, let limit = Double(tokens[2...].map { String($0.text) }.joined()) else {
      return nil
    }
    switch tokens[1].text {
    case ">": return .bound(fold(tokens[0].value), isLower: true, isInclusive: false, limit)
    case ">=": return .bound(fold(tokens[0].value), isLower: true, isInclusive: true, limit)
    case "<": return .bound(fold(tokens[0].value), isLower: false, isInclusive: false, limit)
    case "<=": return .bound(fold(tokens[0].value), isLower: false, isInclusive: true, limit)
    default: return nil
    }
  }

  private static func text(of value: SQLToken) -> String {
    value.kind == .string ? "'\(value.value)'" : String(value.text)
  }

  /// Splits at `AND` outside parentheses, except that of `BETWEEN`.
  private static func parts(of tokens: ArraySlice<SQLToken>) -> [ArraySlice<SQLToken>] {
    var tokens = tokens
    while isParenthesised(tokens) { tokens = tokens.dropFirst().dropLast() }
    var parts: [ArraySlice<SQLToken>] = []
    var (depth, start, isRange) = (0, tokens.startIndex, false)
    for place in tokens.indices {
      let token = tokens[place]
      if token.isSymbol("(") || token.isSymbol("[") { depth += 1 }
      if token.isSymbol(")") || token.isSymbol("]") { depth -= 1 }
      guard depth == 0 else { continue }
      if token.isWord(in: "OR", "CASE") { return [tokens] }
      if token.isWord("BETWEEN") { isRange = true }
      guard token.isWord("AND") else { continue }
      if isRange {
        isRange = false
      } else {
        parts.append(tokens[start..<place])
        start = place + 1
      }
    }
    return parts.isEmpty ? [tokens] : (parts + [tokens[start...]]).flatMap { Self.parts(of: $0) }
  }

  private static func isParenthesised(_ tokens: ArraySlice<SQLToken>) -> Bool {
    guard tokens.first?.isSymbol("(") == true else { return false }
    var depth = 0
    for (place, token) in tokens.enumerated() {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0 { return place == tokens.count - 1 }
    }
    return false
  }

  /// Leaves out `::character varying(4)` and the parentheses around a single name or value.
  private static func withoutCasts(_ tokens: [SQLToken]) -> [SQLToken] {
    var kept: [SQLToken] = []
    var rest = tokens[...]
    while let next = rest.first {
      rest = rest.dropFirst()
      guard next.isSymbol("::") else {
        kept.append(next)
        if next.isSymbol(")"), kept.count > 2, kept[kept.count - 3].isSymbol("("), !kept[kept.count - 2].isSymbol("("),
          kept.count == 3 || !kept[kept.count - 4].isName || kept[kept.count - 4].isOperatorWord
        {
          let value = kept[kept.count - 2]
          kept.removeLast(3)
          kept.append(value)
        }
        continue
      }
      rest = rest.drop { $0.isName && !$0.isOperatorWord }
      if rest.first?.isSymbol("(") == true { rest = rest.drop { !$0.isSymbol(")") }.dropFirst() }
      rest = rest.drop { $0.isSymbol("[") || $0.isSymbol("]") || $0.isSymbol("[]") }
    }
    return kept
  }
}

/// Whether tokens contain the call of a function.
private func hasCall(_ tokens: [SQLToken]) -> Bool {
  zip(tokens, tokens.dropFirst()).contains { $0.isName && !$0.isOperatorWord && $1.isSymbol("(") }
}

extension SQLToken {
  fileprivate var isName: Bool { kind == .word || kind == .quotedIdentifier }

  /// Whether it is a word of an expression that is followed by a parenthesis without being a function.
  fileprivate var isOperatorWord: Bool {
    isWord(
      in: "AND", "OR", "NOT", "IN", "IS", "ANY", "ALL", "ARRAY", "BETWEEN", "LIKE", "ILIKE", "NULL", "CASE", "WHEN",
      "THEN",
      "ELSE", "END", "COLLATE")
  }
}
