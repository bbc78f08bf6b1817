package import MetaxyErrors

/// One SQL statement found in a text.
package struct ScannedStatement: Sendable, Hashable {
  /// The statement from its first token to its last, without the `;` and without the comments around it.
  package var sql: String
  /// Where its first token stands.
  package var position: SQLPosition
  /// Its tokens, comments left out.
  package var tokens: [SQLToken]
  /// The lines of the comments above it, and of those that follow its last token.
  package var comments: [String]

  /// Returns the statements of `text` in order; empty ones and comments alone are none.
  ///
  /// - Parameter file: the file that the text was read from, so that errors carry their place.
  /// - Throws: `unterminated_sql` for a quote, comment or body that never closes, `unsupported_sql` for psql's own
  ///   commands and `COPY … FROM stdin`, whose data is no SQL.
  package static func statements(
    of text: String, lexicon: Lexicon, file: String? = nil
  ) throws(MetaxyError) -> [ScannedStatement] {
    var reader = StatementReader(text, lexicon: lexicon, findsDirectives: false)
    var statements: [ScannedStatement] = []
    do {
      while let event = try reader.next() {
        if case .statement(let statement) = event { statements.append(statement) }
      }
    } catch {
      var thrown = error.error
      if let file {
        let place = SourceLocation(file: file, line: error.position.line, column: error.position.column)
        thrown.diagnostics.append(Diagnostic(thrown.message, at: place))
      }
      throw thrown
    }
    return statements
  }
}
