package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
package import MetaxySQL
package import MetaxySchema

/// The SQL dialect of PostgreSQL.
package struct PostgreSQLDialect: Dialect {
  package static let name = PostgreSQLTypes.dialect

  /// Whether existing tables are changed without locking out other sessions.
  let isOnline: Bool

  package init(isOnline: Bool = true) { self.isOnline = isOnline }

  package var name: String { Self.name }
  package var lexicon: Lexicon { .postgresql }

  /// https://www.postgresql.org/docs/current/errcodes-appendix.html
  package func meansExisting(_ error: MetaxyError) -> Bool {
    error.payload.sqlState.map(["42P06", "42P07", "42701", "42710"].contains) ?? false
  }

  package func meansMissingSchema(_ error: MetaxyError) -> Bool { error.payload.sqlState == "3F000" }

  package func meansDependents(_ error: MetaxyError, of statement: [SQLToken]) -> Bool {
    // `dependent_objects_still_exist`, and for a new type of a column `feature_not_supported`.
    error.payload.sqlState == "2BP01"
      || error.payload.sqlState == "0A000" && statement.first?.isWord("ALTER") == true
        && statement.contains { $0.isWord("TYPE") }
  }

  package func quoted(_ identifier: String) -> String { SQLText.identifier(identifier) }

  /// A name with a schema is already quoted, because a plain one can contain a dot: `en_US.utf8`.
  package func text(ofCollation name: String) -> String {
    name.hasPrefix("\"") && name.contains("\".\"") ? name : quoted(name)
  }

  package func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String {
    PostgreSQLTypes.name(of: type)
  }

  package func literal(_ value: LiteralValue) -> String {
    SQLText.literal(value, booleans: (true: "true", false: "false"))
  }

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

  /// Returns the clause of an identity; a serial column has it in its type.
  package func text(of identity: Identity?) -> String {
    guard let identity, identity.kind != .serial else { return "" }
    let name = identity.sequence.map { ["SEQUENCE NAME \(SQLWriter(self).name($0))"] } ?? []
    let options = name + SequenceText.words(of: identity.options)
    return identity.kind.words + (options.isEmpty ? "" : " (\(options.joined(separator: " ")))")
  }

  /// Returns an empty text, because the options are elsewhere in the statement.
  package func text(of options: [TableOption]) -> String { "" }

  /// Empty: rows are numbered by the column, independent of keys.
  package var autoincrementKeyword: String { "" }

  package func exactText(of column: String) -> String { "\(quoted(column))::text" }

  package var versionQuery: String { "SELECT current_setting('server_version_num')::integer / 10000" }

  package func placeholder(_ position: Int) -> String { PostgreSQLConnection.placeholder(position) }

  /// Returns whether `DEFAULT` accepts the text without parentheses, which these operators require.
  /// https://www.postgresql.org/docs/current/sql-createtable.html
  private func isOperand(_ text: String) -> Bool {
    // A text that cannot be tokenised stays as it is; the engine reports the error.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon) else { return true }
    let words = TokenReader(tokens)
    return ![
      "NOT", "AND", "OR", "IS", "IN", "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "ISNULL", "NOTNULL", "COLLATE", "AT",
    ]
    .contains(where: words.hasWordAtTopLevel)
  }
}

extension Identity.Kind {
  /// The clause `GENERATED ALWAYS AS IDENTITY`.
  fileprivate var words: String { "GENERATED \(self == .always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY" }
}
