package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRevisions
internal import MetaxyRuntime
package import MetaxySQL
package import MetaxySchema

/// What PostgreSQL can say.
package struct PostgreSQLDialect: Dialect {
  package static let name = PostgreSQLTypes.dialect

  /// Whether what is done to tables that exist takes the way that lets others read and write meanwhile.
  let isOnline: Bool

  package init(isOnline: Bool = true) { self.isOnline = isOnline }

  package var name: String { Self.name }
  package var lexicon: Lexicon { .postgresql }

  package func quoted(_ identifier: String) -> String { SQLText.quoted(identifier) }

  package func text(ofCollation name: String) -> String { quoted(name) }

  package func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String {
    PostgreSQLTypes.name(of: type)
  }

  package func literal(_ value: LiteralValue) -> String { value.displayText }

  package func text(of defaultValue: ColumnDefault) -> String {
    switch defaultValue {
    case .literal(let value): return literal(value)
    case .currentTimestamp: return "CURRENT_TIMESTAMP"
    case .expression(let expression):
      let text = expression.text(for: name)
      return isOperand(text) ? text : "(\(text))"
    }
  }

  package func text(of generated: GeneratedValue) -> String {
    "GENERATED ALWAYS AS (\(generated.expression.text(for: name))) \(generated.isStored ? "STORED" : "VIRTUAL")"
  }

  /// Of a serial column the type says it.
  package func text(of identity: Identity?) -> String {
    guard let identity, identity.kind != .serial else { return "" }
    let name = identity.sequence.map { ["SEQUENCE NAME \(SQLWriter(self).name($0))"] } ?? []
    let options = name + SequenceText.words(of: identity.options)
    return identity.kind.words + (options.isEmpty ? "" : " (\(options.joined(separator: " ")))")
  }

  /// They stand elsewhere in the statement.
  package func text(of options: [TableOption]) -> String { "" }

  /// Rows are numbered by their column, whatever is key.
  package var autoincrementKeyword: String { "" }

  package func placeholder(_ position: Int) -> String { PostgreSQLConnection.placeholder(position) }

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

extension Identity.Kind {
  /// `GENERATED ALWAYS AS IDENTITY`.
  fileprivate var words: String { "GENERATED \(self == .always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY" }
}
