internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL

/// An expression that may be no more than a cast of one column: `CAST(size AS integer)`, `size::integer`.
struct PostgreSQLPlainCast {
  /// Whether it is the cast of the column to the type.
  let isPlain: Bool

  /// - Parameter column: the quoted name of the column.
  init(_ expression: String, of column: String, to type: ColumnType) {
    guard let tokens = try? SQLTokenizer.tokens(of: expression, lexicon: .postgresql),
      let name = try? SQLTokenizer.tokens(of: column, lexicon: .postgresql).first?.name(foldsNames: true)
    else {
      isPlain = false
      return
    }
    var words = TokenReader(tokens, foldsNames: true)
    var found: (name: String?, type: ArraySlice<SQLToken>)
    if words.skip("CAST") {
      let inside = words.parenthesised()
      var cast = TokenReader(inside, foldsNames: true)
      found.name = cast.name()
      found.type = cast.skip("AS") ? cast.tokens : []
      if !words.tokens.isEmpty { found.type = [] }
    } else {
      found.name = words.name()
      found.type = words.skip(symbol: "::") ? words.tokens : []
    }
    let text = found.type.map { String($0.text) }.joined(separator: " ")
    isPlain =
      found.name == name && !text.isEmpty
      && PostgreSQLTypes.canonicalName(of: .raw(SQLExpression(text))) == PostgreSQLTypes.canonicalName(of: type)
  }
}
