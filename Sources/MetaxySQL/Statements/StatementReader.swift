/// Reads the statements of a text and the directives between them.
package struct StatementReader {
  package enum Event {
    case statement(ScannedStatement)
    /// A line comment that starts with `metaxy:` and is the first token of its line.
    case directive(SQLToken)
    /// Comments that no statement follows, before a directive or at the end.
    case comments([String])
  }

  package private(set) var tokenizer: SQLTokenizer
  private let findsDirectives: Bool
  private var comments: [String] = []
  private var held: [Event] = []
  /// The last statement, which can still have a comment after its `;`.
  private var finished: (statement: ScannedStatement, line: Int)?

  package init(_ text: String, lexicon: Lexicon, findsDirectives: Bool = true) {
    self.init(SQLTokenizer(text, lexicon: lexicon), findsDirectives: findsDirectives)
  }

  package init(_ tokenizer: SQLTokenizer, findsDirectives: Bool = true) {
    self.tokenizer = tokenizer
    self.findsDirectives = findsDirectives
  }

  /// The statements that are read, and that no call of ``next()`` has returned yet.
  var waitingStatements: [ScannedStatement] {
    held.compactMap { if case .statement(let statement) = $0 { statement } else { nil } }
      + (finished.map { [$0.statement] } ?? [])
  }

  /// Returns the next event; nil at the end.
  package mutating func next() throws(SQLProblem) -> Event? {
    while held.isEmpty {
      guard let token = try tokenizer.next() else {
        settle()
        break
      }
      if token.isComment {
        try refuseMisplacedDirective(token)
        take(comment: token)
      } else if token.isSymbol("\\"), !findsDirectives {
        try readShellCommand(from: token)
      } else if !token.isSymbol(";") {
        try readStatement(from: token)
      }
    }
    return held.isEmpty ? nil : held.removeFirst()
  }

  private mutating func take(comment: SQLToken) {
    if isDirective(comment) {
      // An allowance or a row check is one of the comments of the statement below it; a section's directive ends the
      // section above.
      if Directive.isAboveStatement(comment) { release() } else { settle() }
      held.append(.directive(comment))
    } else if finished?.line == comment.position.line {
      finished?.statement.comments += CommentText.lines(of: comment)
    } else {
      release()
      comments += CommentText.lines(of: comment)
    }
  }

  /// Emits the last statement, to which nothing more can belong.
  private mutating func release() {
    if let statement = finished?.statement { held.append(.statement(statement)) }
    finished = nil
  }

  private mutating func settle() {
    release()
    if !comments.isEmpty { held.append(.comments(comments)) }
    comments = []
  }

  private func isDirective(_ token: SQLToken) -> Bool {
    findsDirectives && Directive.isDirective(token) && tokenizer.isFirstInLine(token)
  }

  private func refuseMisplacedDirective(_ token: SQLToken) throws(SQLProblem) {
    guard findsDirectives, Directive.isDirective(token), !tokenizer.isFirstInLine(token) else { return }
    throw SQLProblem(error: .directiveBehindText(token.text), position: token.position)
  }

  /// Reads a command of psql, which ends with its line, as a statement.
  private mutating func readShellCommand(from first: SQLToken) throws(SQLProblem) {
    release()
    var tokens = [first]
    var ahead = tokenizer
    while let token = try ahead.next(), token.position.line == first.position.line, !token.isComment {
      tokens.append(token)
      tokenizer = ahead
    }
    finished = (
      ScannedStatement(
        sql: tokenizer.text(from: first, to: tokens.last ?? first), position: first.position, tokens: tokens,
        comments: comments), first.position.line
    )
    comments = []
  }

  private mutating func readStatement(from first: SQLToken) throws(SQLProblem) {
    release()
    var body = StatementBody(lexicon: tokenizer.lexicon)
    var tokens: [SQLToken] = []
    var inner: [String] = []
    var directive: SQLToken?
    var endLine = 0
    var token: SQLToken? = first
    while let current = token {
      if isDirective(current) {
        guard !body.isOpen, !Directive.isAboveStatement(current) else {
          throw SQLProblem(error: .directiveInStatement(current.text), position: current.position)
        }
        directive = current
        break
      }
      if current.isComment {
        try refuseMisplacedDirective(current)
        inner += CommentText.lines(of: current)
      } else if current.isSymbol(";"), body.endsStatement {
        endLine = current.position.line
        break
      } else {
        try StatementRules.refuseForeign(current)
        body.take(current)
        tokens.append(current)
        inner = []
      }
      token = try tokenizer.next()
    }
    if let unclosed = body.unclosed {
      throw SQLProblem(error: .unterminatedSQL(unclosed, line: first.position.line), position: first.position)
    }
    try StatementRules.refuseCopyFromInput(tokens)
    let statement = ScannedStatement(
      sql: tokenizer.text(from: first, to: tokens.last ?? first), position: first.position, tokens: tokens,
      comments: comments + inner)
    comments = []
    finished = (statement, endLine)
    if let directive { take(comment: directive) }
  }
}
