internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// The names that an expression or a list of elements contains; false positives are harmless.

extension SQLExpression {
  /// The names in the expression, as PostgreSQL reads them.
  var names: Set<String> {
    // A text that cannot be tokenised contains no names; the engine reports the error.
    guard
      let tokens = try? SQLTokenizer.tokens(of: text(for: PostgreSQLDialect.name), lexicon: .postgresql)
    else { return [] }
    return Set(
      tokens.compactMap { token in
        switch token.kind {
        case .word: token.value.folded
        case .quotedIdentifier: token.value
        default: nil
        }
      })
  }
}

extension [IndexElement] {
  var names: Set<String> {
    reduce(into: []) { names, element in
      switch element.term {
      case .column(let name): names.insert(name)
      case .expression(let expression): names.formUnion(expression.names)
      }
    }
  }

  /// The columns, if the elements contain no expressions.
  var columns: [String]? {
    let columns = compactMap { element in if case .column(let name) = element.term { name } else { nil } }
    return columns.count == count ? columns : nil
  }
}
