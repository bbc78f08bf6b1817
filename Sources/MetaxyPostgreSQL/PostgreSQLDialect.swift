public import MetaxyErrors
public import MetaxyFeatures
public import MetaxyRuntime
public import MetaxySchema
public import MetaxyScript

/// What PostgreSQL can say.
public struct PostgreSQLDialect: Dialect {
  public static let name = PostgreSQLTypes.dialect

  /// Whether what is done to tables that exist takes the way that lets others read and write meanwhile.
  let isOnline: Bool

  public init(isOnline: Bool = true) { self.isOnline = isOnline }

  public var name: String { Self.name }
  public var lexicon: Lexicon { .postgresql }

  public func quoted(_ identifier: String) -> String {
    "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  public func text(ofCollation name: String) -> String { quoted(name) }

  public func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String {
    PostgreSQLTypes.name(of: type)
  }

  public func literal(_ value: LiteralValue) -> String { value.summary }

  public func text(of defaultValue: ColumnDefault) -> String {
    switch defaultValue {
    case .literal(let value): return literal(value)
    case .currentTimestamp: return "CURRENT_TIMESTAMP"
    case .expression(let expression):
      let text = expression.text(for: name)
      return isOperand(text) ? text : "(\(text))"
    }
  }

  public func text(of generated: GeneratedValue) -> String {
    "GENERATED ALWAYS AS (\(generated.expression.text(for: name))) \(generated.isStored ? "STORED" : "VIRTUAL")"
  }

  /// Of a serial column the type says it.
  public func text(of numbering: Numbering?) -> String {
    guard let numbering, numbering.kind != .serial else { return "" }
    let name = numbering.sequence.map { ["SEQUENCE NAME \(SQLWriter(self).name($0))"] } ?? []
    let options = name + SequenceText.words(of: numbering.options)
    return numbering.kind.words + (options.isEmpty ? "" : " (\(options.joined(separator: " ")))")
  }

  /// They stand elsewhere in the statement.
  public func text(of options: [TableOption]) -> String { "" }

  /// Rows are numbered by their column, whatever is key.
  public var selfNumbering: String { "" }

  public func placeholder(_ position: Int) -> String { "$\(position)" }

  /// Whether `DEFAULT` takes the text as it is: what these words join wants parentheses there.
  /// https://www.postgresql.org/docs/current/sql-createtable.html
  private func isOperand(_ text: String) -> Bool {
    // A text that cannot be read is left as it is; the engine will say what is wrong with it.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon) else { return true }
    let words = TokenReader(tokens)
    return ![
      "NOT", "AND", "OR", "IS", "IN", "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "ISNULL", "NOTNULL", "COLLATE", "AT",
    ]
    .contains(where: words.hasWordAtTopLevel)
  }
}

extension Numbering.Kind {
  /// `GENERATED ALWAYS AS IDENTITY`.
  fileprivate var words: String { "GENERATED \(self == .always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY" }
}
