internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxySQL

/// The statements of a `.sql` entrypoint.
struct EntrypointScript {
  let statements: [ScannedStatement]
  /// The error after the statements, if the rest cannot be read: a setting before it may be the cause.
  let failure: MetaxyError?
  /// The file for display.
  private let file: String

  /// - Throws: an error for a file that cannot be read.
  init(at path: String, displayPath: String, lexicon: Lexicon) throws(MetaxyError) {
    file = displayPath
    let text = try Files.text(at: path)
    var statements: [ScannedStatement] = []
    do {
      try ScannedStatement.read(text, lexicon: lexicon, file: displayPath, into: &statements)
      failure = nil
    } catch {
      var refused = MetaxyError.invalidTables(error.diagnostics)
      refused.hints = error.hints
      failure = refused
    }
    self.statements = statements
  }

  /// The place of what no statement defines by name.
  var start: SourceLocation { SourceLocation(file: file, line: 1, column: 1) }

  func location(of statement: ScannedStatement) -> SourceLocation {
    SourceLocation(file: file, line: statement.position.line, column: statement.position.column)
  }
}
