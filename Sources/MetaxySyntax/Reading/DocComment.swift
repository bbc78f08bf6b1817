import SwiftSyntax

/// The documentation before a declaration, as plain text.
enum DocComment {
  /// Returns the comment before a declaration, or between its attributes and its keyword; nil if there is none.
  static func text(before declaration: some SyntaxProtocol, introducer: TokenSyntax, modifiers: DeclModifierListSyntax)
    -> String?
  {
    let tokens = [
      declaration.firstToken(viewMode: .sourceAccurate), modifiers.firstToken(viewMode: .sourceAccurate), introducer,
    ]
    for token in tokens {
      if let token, let text = text(in: token.leadingTrivia) { return text }
    }
    return nil
  }

  /// Returns the last group of doc comments on adjacent lines, which is the one that the compiler uses.
  private static func text(in trivia: Trivia) -> String? {
    var lines: [String] = []
    var newlines = 0
    for piece in trivia {
      switch piece {
      case .newlines(let count), .carriageReturns(let count), .carriageReturnLineFeeds(let count): newlines += count
      case .docLineComment(let text) where !text.hasPrefix("////"):
        if newlines > 1 { lines = [] }
        lines.append(trimmed(text.dropFirst(3)))
        newlines = 0
      case .docBlockComment(let text):
        if newlines > 1 { lines = [] }
        lines += blockLines(text)
        newlines = 0
      case .docLineComment, .lineComment, .blockComment:
        lines = []
        newlines = 0
      default: break
      }
    }
    while lines.last == "" { lines.removeLast() }
    let text = lines.drop { $0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? nil : text
  }

  /// Returns the lines of a block comment without delimiters and leading stars.
  private static func blockLines(_ comment: String) -> [String] {
    let body = comment.dropFirst(3).dropLast(comment.hasSuffix("*/") ? 2 : 0)
    return body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      let text = line.drop { $0 == " " || $0 == "\t" }
      return trimmed(text.first == "*" ? text.dropFirst() : text)
    }
  }

  /// Returns a line without the one space after its delimiter and without trailing spaces.
  private static func trimmed(_ line: Substring) -> String {
    var line = line.first == " " ? line.dropFirst() : line
    while let last = line.last, last.isWhitespace { line.removeLast() }
    return String(line)
  }
}
