/// A command that runs on a revision file after it is written.
package struct PostWriteHook: Sendable, Hashable {
  /// The argument that is replaced by the file's path.
  package static let filePlaceholder = "REVISION_SCRIPT_FILENAME"

  package let name: String
  /// The program and its arguments, including the placeholder.
  package let command: [String]

  /// Returns the program and its arguments for a file.
  package func command(for path: String) -> [String] {
    command.map { $0.replacing(Self.filePlaceholder, with: path) }
  }

  /// Parses a command line. A command without the placeholder gets the path as its first argument, as in Alembic.
  package init?(name: String, commandLine: String) {
    guard var words = ShellWords.split(commandLine), !words.isEmpty else { return nil }
    if !words.contains(where: { $0.contains(Self.filePlaceholder) }) { words.insert(Self.filePlaceholder, at: 1) }
    self.name = name
    self.command = words
  }
}

/// Splits a command line into words with a shell's rules for blanks and quotes, without its other rules.
enum ShellWords {
  /// Returns the words; nil if a quote is never closed.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = Substring(line)
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("\\", nil), ("\\", "\""):
        guard let escaped = rest.popFirst() else { return nil }
        word = (word ?? "") + String(escaped)
      case (_, let open?) where character == open: quote = nil
      case (_, .some): word = (word ?? "") + String(character)
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (_, nil) where character.isWhitespace:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    return words + (word.map { [$0] } ?? [])
  }
}
