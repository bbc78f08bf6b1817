internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxySQL

/// The statements of a `.sql` entrypoint.
struct EntrypointScript {
  let statements: [ScannedStatement]
  /// The file for display.
  private let file: String

  /// - Throws: `invalid_tables` with the location of a quote, comment or body that never ends.
  init(at path: String, displayPath: String, lexicon: Lexicon) throws(MetaxyError) {
    file = displayPath
    let text = try Files.text(at: path)
    do {
      statements = try ScannedStatement.statements(of: text, lexicon: lexicon, file: displayPath)
    } catch {
      var refused = MetaxyError.invalidTables(error.diagnostics)
      refused.hints = error.hints
      throw refused
    }
  }

  /// The place of what no statement defines by name.
  var start: SourceLocation { SourceLocation(file: file, line: 1, column: 1) }

  func location(of statement: ScannedStatement) -> SourceLocation {
    SourceLocation(file: file, line: statement.position.line, column: statement.position.column)
  }
}
