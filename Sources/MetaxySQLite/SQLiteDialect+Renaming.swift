public import MetaxyFeatures
internal import MetaxyScript

extension SQLiteDialect {
  /// Rewrites the tokens that name the column, and leaves all else as it is, as RENAME COLUMN does.
  public func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    expression.replacingNames(
      for: name, lexicon: lexicon, where: { $0.value.lowercased() == old.lowercased() }, with: quoted(new))
  }
}
