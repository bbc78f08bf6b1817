internal import MetaxyErrors
internal import MetaxySQL

/// Parses a revision file: the header, then the sections.
struct RevisionParser {
  let lexicons: Lexicons
  var file: RevisionFile
  var tokenizer: SQLTokenizer
  private(set) var diagnostics: [Diagnostic] = []

  static func parse(
    _ text: String, path: String, lexicons: Lexicons
  ) throws(MetaxyError) -> RevisionFile {
    // A text that was not read by `Files` can still have a byte order mark.
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    var parser = RevisionParser(
      lexicons: lexicons, file: RevisionFile(path: path, message: "", revision: ""),
      tokenizer: SQLTokenizer(text, lexicon: Lexicon()))
    do {
      try parser.read()
    } catch {
      parser.report(error.error.message, at: error.position, notes: error.error.hints.map(\.description))
    }
    guard parser.diagnostics.isEmpty else {
      throw .malformedRevision(path, parser.diagnostics.sorted { $0.location < $1.location })
    }
    return parser.file
  }

  private mutating func read() throws(SQLProblem) {
    var next = try readHeader()
    while let directive = next {
      next = try readSection(directive)
    }
  }

  mutating func report(_ message: String, at position: SQLPosition, notes: [String] = []) {
    let location = SourceLocation(file: file.path, line: position.line, column: position.column)
    guard !diagnostics.contains(where: { $0.location == location && $0.message == message }) else { return }
    let lines = tokenizer.text.split(separator: "\n", maxSplits: position.line, omittingEmptySubsequences: false)
    let line = position.line <= lines.count ? String(lines[position.line - 1]) : nil
    diagnostics.append(
      Diagnostic(.error, message, at: location, sourceLine: line, notes: notes.map { Diagnostic.Note($0) }))
  }
}
