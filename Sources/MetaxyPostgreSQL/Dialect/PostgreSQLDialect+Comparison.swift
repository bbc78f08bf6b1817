internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxySQL
package import MetaxySchema

// What PostgreSQL holds to be the same.
extension PostgreSQLDialect {
  /// Names are kept and compared as they are: metaxy writes all of them in quotes.
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

  /// Where nothing is said a column has the collation of its type.
  package func isSame(collation left: String?, _ right: String?) -> Bool { left == right }

  package func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool { left == right }

  /// `SIMPLE` is the usual way.
  package func isSame(match left: String?, _ right: String?) -> Bool {
    (left ?? "SIMPLE").uppercased() == (right ?? "SIMPLE").uppercased()
  }

  /// The sequence of a serial column is an object of its own, and so has a name that counts; that of an identity is not.
  package func isSame(_ left: Identity?, _ right: Identity?) -> Bool {
    guard let left, let right else { return left == right }
    let isSameSequence =
      left.kind != .serial || left.sequence == nil || right.sequence == nil || left.sequence == right.sequence
    return left.kind == right.kind && left.options == right.options && isSameSequence
  }

  /// Texts are the same when their tokens are, whatever the white space, the capitals of unquoted words and parentheses
  /// around the whole. A word and the same in quotes are two: `user` is a function, `"user"` may be a column.
  private func isSame(text left: String, _ right: String) -> Bool {
    guard left != right else { return true }
    // Where one cannot be read they are the same only to the letter.
    guard let left = try? ExpressionTokens(left, lexicon: lexicon, foldsQuotedNames: false),
      let right = try? ExpressionTokens(right, lexicon: lexicon, foldsQuotedNames: false)
    else { return false }
    return left == right
  }

  /// A default of NULL is none; PostgreSQL prints it as `NULL::character varying`.
  private func withoutNull(_ text: String) -> String? {
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon) else { return text }
    let isNull = tokens.first?.isWord("NULL") == true && (tokens.count == 1 || tokens[1].isSymbol("::"))
    return isNull ? nil : text
  }
}
