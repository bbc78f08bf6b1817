/// A comment that metaxy interprets: `-- metaxy:upgrade sqlite`.
package enum Directive {
  package static let prefix = "metaxy:"
  package static let names = ["upgrade", "downgrade", "allow", "requires", "loses"]

  /// Returns whether a comment is a directive, provided that it is the first token of its line.
  package static func isDirective(_ token: SQLToken) -> Bool {
    token.kind == .lineComment && body(of: token.text).lowercased().hasPrefix(prefix)
  }

  package static func isAllowance(_ token: SQLToken) -> Bool {
    name(of: token) == "allow"
  }

  /// Returns whether a directive states a condition on existing rows: `metaxy:requires` or `metaxy:loses`.
  package static func isRowCheck(_ token: SQLToken) -> Bool {
    ["requires", "loses"].contains(name(of: token))
  }

  /// Returns whether a directive belongs to the statement below it, not to a section.
  package static func isAboveStatement(_ token: SQLToken) -> Bool { isAllowance(token) || isRowCheck(token) }

  /// Returns the text after the directive's name with its inner white space, which can be part of a literal.
  package static func exactArguments(of token: SQLToken) -> Substring {
    let rest = body(of: token.text).dropFirst(prefix.count).drop { !$0.isWhitespace }
    return rest.drop { $0.isWhitespace }
  }

  /// The word after `metaxy:`.
  package static func name(of token: SQLToken) -> String {
    String(body(of: token.text).dropFirst(prefix.count).prefix { !$0.isWhitespace })
  }

  /// The text after the directive's name, trimmed.
  package static func arguments(of token: SQLToken) -> String {
    CommentText.oneLine(String(body(of: token.text).dropFirst(prefix.count).drop { !$0.isWhitespace }))
  }

  private static func body(of comment: Substring) -> Substring {
    comment.dropFirst(2).drop { $0 == " " || $0 == "\t" }
  }
}
