internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
package import MetaxySchema

// PostgreSQL's rules of equality.
extension PostgreSQLDialect {
  /// Names are compared as they are: metaxy quotes all of them.
  package func folded(_ name: String) -> String { name }

  package var renamesConstraints: Bool { true }

  package var foreignKeysNeedTables: Bool { true }

  package func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool {
    left == right || PostgreSQLTypes.canonicalName(of: left) == PostgreSQLTypes.canonicalName(of: right)
  }

  package func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool {
    let (left, right) = (left.map(text).flatMap(withoutNull), right.map(text).flatMap(withoutNull))
    guard let left, let right else { return left == right }
    return isSame(text: left, right)
  }

  package func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool {
    isSame(text: left.text(for: name), right.text(for: name))
  }

  /// A column without a collation has the collation of its type.
  package func isSame(collation left: String?, _ right: String?) -> Bool { left == right }

  package func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool { left == right }

  /// `SIMPLE` is the default.
  package func isSame(match left: String?, _ right: String?) -> Bool {
    (left ?? "SIMPLE").uppercased() == (right ?? "SIMPLE").uppercased()
  }

  /// The name of a sequence counts if both are known, or if the new one is given for an identity, whose sequence is read
  /// without its usual name.
  package func isSame(_ left: Identity?, _ right: Identity?) -> Bool {
    guard let left, let right else { return left == right }
    let isSameSequence =
      right.sequence == nil || left.sequence == right.sequence || (left.kind == .serial && left.sequence == nil)
    return left.kind == right.kind && left.options == right.options && isSameSequence
  }

  /// Returns whether two texts have the same tokens, ignoring white space, the case of unquoted words and outer
  /// parentheses. A word and the same word in quotes differ: `user` is a function, `"user"` can be a column.
  private func isSame(text left: String, _ right: String) -> Bool {
    guard left != right else { return true }
    // Texts that cannot be tokenised are equal only if they are identical.
    guard let left = try? ExpressionTokens(left, lexicon: lexicon, foldsQuotedNames: false),
      let right = try? ExpressionTokens(right, lexicon: lexicon, foldsQuotedNames: false)
    else { return false }
    return left == right
  }

  /// Returns nil for a default of NULL, which equals no default; PostgreSQL prints it as `NULL::character varying`.
  private func withoutNull(_ text: String) -> String? {
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon) else { return text }
    let isNull = tokens.first?.isWord("NULL") == true && (tokens.count == 1 || tokens[1].isSymbol("::"))
    return isNull ? nil : text
  }
}
