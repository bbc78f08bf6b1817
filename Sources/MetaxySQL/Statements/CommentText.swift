/// Text that is safe after `--`: it stays one line of comment.
package enum CommentText {
  /// Returns `text` as one line: control characters and line ends become spaces, each run of spaces becomes one space,
  /// and leading and trailing spaces are removed.
  package static func oneLine(_ text: String) -> String {
    guard !isPlain(text) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isSpace($0) ? " " : $0 }))
      .split(separator: " ").joined(separator: " ")
  }

  /// Whether a text is ASCII without control characters and needs no change to its spaces, which is true for nearly all
  /// texts.
  private static func isPlain(_ text: String) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in text.utf8 {
      guard (0x20...0x7E).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
      previous = byte
    }
    return previous != UInt8(ascii: " ") || text.isEmpty
  }

  /// Returns `text` as one line of comment that is never read as a directive.
  package static func line(_ text: String) -> String {
    let line = oneLine(text)
    return line.lowercased().hasPrefix(Directive.prefix) ? "note: \(line)" : line
  }

  /// Returns the text of a comment token, line by line, without the comment markers.
  package static func lines(of token: SQLToken) -> [String] {
    if token.kind == .lineComment { return [line(String(token.text.dropFirst(2).drop { $0 == " " }))] }
    return token.text.dropFirst(2).dropLast(2)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { line(String($0)) }
      .filter { !$0.isEmpty }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isWhitespace
    }
  }
}
