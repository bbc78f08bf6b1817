package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
package import MetaxySQL
internal import MetaxySQLiteDriver
package import MetaxySchema

/// The SQL dialect of SQLite.
package struct SQLiteDialect: Dialect {
  package static let name = SQLiteTypes.dialect

  package init() {}

  package var name: String { Self.name }
  package var lexicon: Lexicon { .sqlite }

  package var versionQuery: String {
    "SELECT substr(sqlite_version(), 1, 1 + instr(substr(sqlite_version(), 3), '.'))"
  }

  /// `quote` shows the storage class, too.
  package func exactText(of column: String) -> String { "quote(\(quoted(column)))" }

  package var hasSchemas: Bool { false }

  package func quoted(_ identifier: String) -> String { SQLText.identifier(identifier) }

  /// Returns the built-in collations in their usual spelling; other collations can have any name.
  /// https://sqlite.org/datatype3.html#collating_sequences
  package func text(ofCollation name: String) -> String {
    ["BINARY", "NOCASE", "RTRIM"].contains(name.uppercased()) ? name : quoted(name)
  }

  /// SQLite has one code for all errors of a statement's text.
  package func meansExisting(_ error: MetaxyError) -> Bool {
    // The statement follows on lines of its own.
    let sentence = error.message.prefix { $0 != "\n" }
    return sentence.hasSuffix("already exists") || sentence.hasPrefix("duplicate column name")
  }

  /// Returns an expression without further parentheses, which its index would keep.
  ///
  /// They remain around a single token, because SQLite reads a string there as the name of a column, and where COLLATE
  /// would belong to the last operand only. https://sqlite.org/lang_createindex.html
  package func text(ofIndexed expression: SQLExpression, hasCollation: Bool) -> String {
    let text = expression.text(for: name)
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon), tokens.count > 1 else {
      return "(\(text))"
    }
    var depth = 0
    // Whether the last token closes the first parenthesis, as in `lower(a)`.
    let isClosedLast =
      tokens[tokens.count - 1].isSymbol(")")
      && tokens.dropFirst(tokens[0].isSymbol("(") ? 0 : 1).dropLast().allSatisfy { token in
        if token.isSymbol("(") { depth += 1 }
        if token.isSymbol(")") { depth -= 1 }
        return depth > 0
      }
    return hasCollation && !isClosedLast ? "(\(text))" : text
  }

  package func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String {
    options.contains(.strict) ? try SQLiteTypes.strictName(of: type) : SQLiteTypes.name(of: type)
  }

  package func literal(_ value: LiteralValue) -> String {
    SQLText.literal(value, booleans: (true: "1", false: "0"))  // SQLite's TRUE and FALSE are these integers
  }

  package func text(of defaultValue: ColumnDefault) -> String {
    switch defaultValue {
    case .literal(let value): return literal(value)
    case .currentTimestamp: return "CURRENT_TIMESTAMP"
    case .expression(let expression):
      let text = expression.text(for: name)
      return isLiteral(text) ? text : "(\(text))"
    }
  }

  package func text(of generated: GeneratedValue) -> String {
    "GENERATED ALWAYS AS (\(generated.expression.text(for: name))) \(generated.isStored ? "STORED" : "VIRTUAL")"
  }

  package func text(of options: [TableOption]) -> String {
    options.compactMap { option in
      switch option {
      case .strict: "STRICT"
      case .withoutRowID: "WITHOUT ROWID"
      case .unlogged: nil
      }
    }.sorted().joined(separator: ", ")
  }

  package func text(of resolution: ConflictResolution?) -> String {
    resolution.map { " ON CONFLICT \($0.rawValue)" } ?? ""
  }

  package var autoincrementKeyword: String { "AUTOINCREMENT" }

  package func placeholder(_ position: Int) -> String { SQLiteConnection.placeholder(position) }

  /// Returns a default as an expression outside `DEFAULT`, where a name is a column instead of a string.
  func expression(of defaultValue: ColumnDefault) -> String {
    let text = text(of: defaultValue)
    // A text that cannot be tokenised stays as it is; the engine reports the error.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon), tokens.count == 1, let name = tokens.first
    else { return text }
    let isName = name.kind == .quotedIdentifier || name.kind == .word
    let isConstant = name.isWord(in: "NULL", "TRUE", "FALSE", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME")
    return isName && !isConstant ? literal(.string(name.value)) : text
  }

  /// Returns a backfill, which is never a default: a name in it is a column of the row.
  func expression(ofBackfill value: ColumnDefault) -> String { text(of: value) }

  /// Returns whether `DEFAULT` accepts the text without parentheses: a number with or without sign, a string, a blob,
  /// or a name that is not a keyword, which is also a string.
  /// https://sqlite.org/lang_createtable.html#the_default_clause
  func isLiteral(_ text: String) -> Bool {
    // A text that cannot be tokenised is not a literal; the engine reports the error.
    guard var tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon)[...] else { return false }
    if let first = tokens.first, first.isSymbol("-") || first.isSymbol("+") { tokens = tokens.dropFirst() }
    guard tokens.count == 1, let token = tokens.first else { return false }
    switch token.kind {
    case .number, .string, .blob, .word, .quotedIdentifier: return true
    default: return false
    }
  }
}
