public import MetaxyFeatures
internal import MetaxySchema
internal import MetaxyScript

extension PostgreSQLDialect {
  /// Rewrites the tokens that name the column, and leaves all else as it is, as RENAME COLUMN does.
  public func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression {
    let text = expression.text(for: name)
    // What cannot be read is left as it is; the engine would not take it either.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon, includingComments: true),
      let source = tokens.first?.text.base
    else { return expression }
    var result = ""
    var end = source.startIndex
    for (position, token) in tokens.enumerated() {
      let isCall = position + 1 < tokens.count && tokens[position + 1].isSymbol("(")
      let isType = position > 0 && tokens[position - 1].isSymbol("::")
      result += source[end..<token.text.startIndex]
      result += !isCall && !isType && isName(token, old) ? printed(new) : String(token.text)
      end = token.text.endIndex
    }
    result += source[end...]
    var renamed = expression
    if expression.variants[name] == nil { renamed.text = result } else { renamed.variants[name] = result }
    return renamed
  }

  private func isName(_ token: SQLToken, _ name: String) -> Bool {
    switch token.kind {
    case .word: String(token.text).folded == name
    case .quotedIdentifier: token.value == name
    default: false
    }
  }

  /// A name as PostgreSQL prints it: in quotes only where it needs them.
  private func printed(_ name: String) -> String {
    let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
      default: false
      }
    }
    return isPlain && !name.isEmpty ? name : quoted(name)
  }
}
