import SwiftSyntax

extension SyntaxProtocol {
  /// The source text without the white space and comments around it, as `trimmedDescription`, which copies the tree first.
  var writtenText: String {
    let bytes = description.utf8.dropFirst(leadingTriviaLength.utf8Length).dropLast(trailingTriviaLength.utf8Length)
    return String(Substring(bytes))
  }
}
