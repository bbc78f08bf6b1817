public import MetaxyErrors

/// One SQL statement found in a text.
public struct ScannedStatement: Sendable, Hashable {
  /// The statement from its first token to its last, without the `;` and without the comments around it.
  public var sql: String
  /// Where its first token stands.
  public var position: SQLPosition
  /// Its tokens, comments left out.
  public var tokens: [SQLToken]
  /// The lines of the comments above it, and of those that follow its last token.
  public var comments: [String]

  /// Returns the statements of `text` in order; empty ones and comments alone are none.
  ///
  /// - Parameter file: the file that the text was read from, so that errors carry their place.
  /// - Throws: `unterminated_sql` for a quote, comment or body that never closes, `unsupported_sql` for psql's own
  ///   commands and `COPY … FROM stdin`, whose data is no SQL.
  public static func statements(
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
