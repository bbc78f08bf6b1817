package import MetaxyFeatures
internal import MetaxySQL
internal import MetaxySchema

extension Dialect {
  /// Renames the tokens that name the column and keeps all other text.
  ///
  /// Only for definitions and records, for which no database can be queried.
  package func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    expression.replacingNames(
      for: name, lexicon: lexicon, where: { folded($0.value) == folded(old) }, with: new, quoted: quoted(new))
  }
}
