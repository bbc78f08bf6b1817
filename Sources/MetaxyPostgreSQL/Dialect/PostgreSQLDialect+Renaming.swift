package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL

extension PostgreSQLDialect {
  /// Renames the tokens that name the column and keeps all other text, as PostgreSQL prints it after RENAME COLUMN.
  package func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    expression.replacingNames(
      for: name, lexicon: lexicon,
      where: { ($0.kind == .quotedIdentifier ? $0.value : $0.value.folded) == old }, with: new,
      quoted: PostgreSQLKeywords.isPlain(new) ? new : quoted(new))
  }
}
