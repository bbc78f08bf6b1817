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
  /// The place of all statements, if they are not those of a file; nil for a file.
  private let origin: SourceLocation?

  /// - Throws: an error for a file that cannot be read.
  init(at path: String, displayPath: String, lexicon: Lexicon) throws(MetaxyError) {
    try self.init(Files.text(at: path), in: displayPath, origin: nil, lexicon: lexicon)
  }

  /// Reads the statement of a table that is declared at a place.
  init(_ text: String, at place: SourceLocation, lexicon: Lexicon) throws(MetaxyError) {
    try self.init(text, in: place.file, origin: place, lexicon: lexicon)
  }

  private init(
    _ text: String, in file: String, origin: SourceLocation?, lexicon: Lexicon
  ) throws(MetaxyError) {
    self.file = file
    self.origin = origin
    var statements: [ScannedStatement] = []
    do {
      try ScannedStatement.read(text, lexicon: lexicon, file: file, into: &statements)
      failure = nil
    } catch {
      var refused = MetaxyError.invalidTables(error.diagnostics)
      refused.hints = error.hints
      failure = refused
    }
    self.statements = statements
  }

  /// The place of what no statement defines by name.
  var start: SourceLocation { origin ?? SourceLocation(file: file, line: 1, column: 1) }

  func location(of statement: ScannedStatement) -> SourceLocation {
    origin ?? SourceLocation(file: file, line: statement.position.line, column: statement.position.column)
  }
}
