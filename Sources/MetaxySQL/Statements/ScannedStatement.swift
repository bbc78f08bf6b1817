package import MetaxyErrors

/// One SQL statement of a text.
package struct ScannedStatement: Sendable, Hashable {
  /// The text from the first token to the last, without the `;` and without the comments around it.
  package var sql: String
  /// The position of the first token.
  package var position: SQLPosition
  /// The tokens without comments.
  package var tokens: [SQLToken]
  /// The lines of the comments above the statement and of those that follow its last token.
  package var comments: [String]

  /// Returns the statements of `text` in order; empty statements and comments alone are not statements.
  ///
  /// - Parameter file: the file of the text, so that errors have a location.
  /// A line that starts with a backslash is a statement of its own: a command of psql.
  ///
  /// - Throws: `unterminated_sql` for a quote, comment or body that never closes; `unsupported_sql` for a command of psql
  ///   inside a statement and for `COPY … FROM stdin`, whose data is not SQL.
  package static func statements(
    of text: String, lexicon: Lexicon, file: String? = nil
  ) throws(MetaxyError) -> [ScannedStatement] {
    var statements: [ScannedStatement] = []
    try read(text, lexicon: lexicon, file: file, into: &statements)
    return statements
  }

  /// Appends the statements of `text`; after an error, those before it are read.
  package static func read(
    _ text: String, lexicon: Lexicon, file: String? = nil, into statements: inout [ScannedStatement]
  ) throws(MetaxyError) {
    var reader = StatementReader(text, lexicon: lexicon, findsDirectives: false)
    do {
      while let event = try reader.next() {
        if case .statement(let statement) = event { statements.append(statement) }
      }
    } catch {
      statements += reader.waitingStatements
      var thrown = error.error
      if let file {
        let place = SourceLocation(file: file, line: error.position.line, column: error.position.column)
        thrown.diagnostics.append(Diagnostic(thrown.message, at: place))
      }
      throw thrown
    }
  }
}
