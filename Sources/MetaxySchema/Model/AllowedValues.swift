package import MetaxyFeatures
package import MetaxySQL

/// The texts that a check allows in one column: `"state" IN ('new', 'done')`.
package struct AllowedValues: Sendable, Hashable {
  /// The name of the column, as the expression has it.
  package var column: String
  package var values: [String]

  /// Reads a check that lists the values of a column, as a definition has it or as PostgreSQL prints it.
  ///
  /// ```sql
  /// "state" IN ('new', 'done')
  /// ((state)::text = ANY ((ARRAY['new'::character varying, 'done'::character varying])::text[]))
  /// ((state)::text = 'new'::text)
  /// ```
  ///
  /// Nil for any other expression, also for one that casts to another type than a text.
  package init?(_ expression: SQLExpression, for dialect: String, lexicon: Lexicon) {
    // A text that cannot be tokenised lists nothing; the engine refuses it.
    guard let tokens = try? SQLTokenizer.tokens(of: expression.text(for: dialect), lexicon: lexicon) else { return nil }
    self.init(tokens, foldsNames: lexicon.foldsNames)
  }

  /// Reads the tokens of such a check.
  package init?(_ tokens: some Sequence<SQLToken>, foldsNames: Bool) {
    var reader = Reader(tokens.filter { !$0.isSymbol("(") && !$0.isSymbol(")") }[...], foldsNames: foldsNames)
    guard let column = reader.column(), let values = reader.values(), reader.isAtEnd, Set(values).count == values.count
    else { return nil }
    self.column = column
    self.values = values
  }

  /// Whether a check of the list does not fail for what existing rows get when `column` is added to their table.
  package func acceptExistingRows(ofNew column: Column, for dialect: String, lexicon: Lexicon) -> Bool {
    guard column.generated == nil, column.identity == nil else { return false }
    let value: String?
    switch column.addedValue(hasDefault: column.defaultValue != nil) ?? column.defaultValue {
    // NULL is in no list, and fails no check.
    case nil, .literal(.null): return true
    case .literal(.string(let text)): value = text
    // PostgreSQL prints a text with its type: `'new'::character varying`.
    case .expression(let expression):
      let equality = SQLExpression("value = \(expression.text(for: dialect))")
      value = AllowedValues(equality, for: dialect, lexicon: lexicon)?.values.first
    default: value = nil
    }
    guard case .string = column.type, let value else { return false }
    return values.contains(value)
  }

  /// Reads tokens without parentheses, which have no meaning in such a check.
  private struct Reader {
    private var tokens: ArraySlice<SQLToken>
    private let foldsNames: Bool

    init(_ tokens: ArraySlice<SQLToken>, foldsNames: Bool) {
      self.tokens = tokens
      self.foldsNames = foldsNames
    }

    var isAtEnd: Bool { tokens.isEmpty }

    mutating func column() -> String? {
      guard let first = tokens.first, first.kind == .quotedIdentifier || first.kind == .word else { return nil }
      tokens = tokens.dropFirst()
      return skipCast() ? first.name(foldsNames: foldsNames) : nil
    }

    mutating func values() -> [String]? {
      if skip("=") {
        guard skipWord("ANY") else { return value().map { [$0] } }
        guard skipWord("ARRAY"), skip("["), let values = list(), skip("]"), skipCast() else { return nil }
        return values
      }
      return skipWord("IN") ? list() : nil
    }

    private mutating func list() -> [String]? {
      var values: [String] = []
      repeat {
        guard let value = value() else { return nil }
        values.append(value)
      } while skip(",")
      return values
    }

    private mutating func value() -> String? {
      guard let first = tokens.first, first.kind == .string else { return nil }
      tokens = tokens.dropFirst()
      return skipCast() ? first.value : nil
    }

    /// Skips casts to texts; false for a cast to another type.
    private mutating func skipCast() -> Bool {
      while skip("::") {
        var words: [String] = []
        while let next = tokens.first, next.kind == .word, !next.isWord(in: "IN", "ANY") {
          words.append(String(next.text).lowercased())
          tokens = tokens.dropFirst()
        }
        guard ["text", "character varying", "varchar", "character", "bpchar"].contains(words.joined(separator: " "))
        else { return false }
        if tokens.first?.kind == .number { tokens = tokens.dropFirst() }
        if skip("[") { guard skip("]") else { return false } }
        _ = skip("[]")
      }
      return true
    }

    private mutating func skip(_ symbol: String) -> Bool {
      guard tokens.first?.isSymbol(symbol) == true else { return false }
      tokens = tokens.dropFirst()
      return true
    }

    private mutating func skipWord(_ word: String) -> Bool {
      guard tokens.first?.isWord(word) == true else { return false }
      tokens = tokens.dropFirst()
      return true
    }
  }
}
