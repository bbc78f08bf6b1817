package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyRuntime
package import MetaxySQL
package import MetaxySchema

/// The SQL dialect of SQLite.
package struct SQLiteDialect: Dialect {
  package static let name = "sqlite"

  package init() {}

  package var name: String { Self.name }
  package var lexicon: Lexicon { .sqlite }

  package var hasSchemas: Bool { false }

  package func quoted(_ identifier: String) -> String { SQLText.identifier(identifier) }

  /// Returns the built-in collations in their usual spelling; other collations can have any name.
  /// https://sqlite.org/datatype3.html#collating_sequences
  package func text(ofCollation name: String) -> String {
    ["BINARY", "NOCASE", "RTRIM"].contains(name.uppercased()) ? name : quoted(name)
  }

  package func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String {
    options.contains(.strict) ? try SQLiteTypes.strictName(of: type) : SQLiteTypes.name(of: type)
  }

  package func literal(_ value: LiteralValue) -> String {
    switch value {
    case .boolean(let value): value ? "1" : "0"  // SQLite's TRUE and FALSE are these integers
    default: value.displayText
    }
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

  package func placeholder(_ position: Int) -> String { "?\(position)" }

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
