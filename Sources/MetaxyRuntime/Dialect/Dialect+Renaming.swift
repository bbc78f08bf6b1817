package import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

extension Dialect {
  /// Rewrites the tokens that name the column, and leaves all else as it is.
  ///
  /// For definitions and records alone, with which no database goes that could be asked.
  package func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    expression.replacingNames(
      for: name, lexicon: lexicon, where: { folded($0.value) == folded(old) }, with: new, quoted: quoted(new))
  }
}
