internal import MetaxyErrors
internal import MetaxySQL

extension RevisionParser {
  /// The content between two directives, as one lexicon reads it.
  private struct Body {
    var statements: [RevisionStatement] = []
    /// The tokens of each.
    var tokens: [[SQLToken]] = []
    var notes: [String] = []
    var problems: [(message: String, position: SQLPosition)] = []
    /// The directive of the next section.
    var next: SQLToken?
    var end: SQLTokenizer
  }

  /// Reads the section of a directive and returns the directive of the next one.
  mutating func readSection(_ directive: SQLToken) throws(SQLProblem) -> SQLToken? {
    var section = section(of: directive)
    var bodies: [Body] = []
    for reader in readers(of: section, directive) {
      do {
        bodies.append(try readBody(of: section, reader.lexicon, for: reader.dialect))
      } catch {
        throw section.dialect == nil ? error.reading(reader.dialect) : error
      }
    }
    guard let body = bodies.first else { return nil }
    if let other = bodies.first(where: { !isSame($0, body) }) {
      let place = other.next.map { " up to line \($0.position.line)" } ?? ""
      report(
        "the dialects read this section differently\(place): write one section for each", at: directive.position)
    }
    for problem in bodies.flatMap(\.problems) { report(problem.message, at: problem.position) }
    section.statements = body.statements
    for other in bodies.dropFirst() {
      for (place, statement) in zip(section.statements.indices, other.statements) {
        section.statements[place].keepTokens(of: statement)
      }
    }
    if section.batchRows != nil { checkBatch(section, bodies, at: directive.position) }
    section.notes = body.notes == [RevisionFile.placeholder] && body.statements.isEmpty ? [] : body.notes
    file.sections.append(section)
    tokenizer = body.end
    return body.next
  }

  /// Reports a section that cannot run in batches.
  private mutating func checkBatch(_ section: RevisionSection, _ bodies: [Body], at position: SQLPosition) {
    if !section.runsInTransaction || section.turnsForeignKeysOff || section.expectation != nil {
      report("`batch:` cannot be combined with other attributes", at: position)
    }
    let isUpdate = bodies.allSatisfy { body in
      body.statements.count == 1
        && body.tokens.allSatisfy { BatchedUpdate($0) != nil }
    }
    guard !isUpdate else { return }
    report(
      "a section with `batch:` is one `UPDATE … SET … WHERE …`, whose condition no longer holds for a row that it changed",
      at: position)
  }

  private func isSame(_ one: Body, _ other: Body) -> Bool {
    one.statements == other.statements && one.next?.position == other.next?.position
  }

  private mutating func section(of directive: SQLToken) -> RevisionSection {
    let name = Directive.name(of: directive)
    let direction = RevisionDirection(rawValue: name)
    if Directive.isAboveStatement(directive) {
      report("`metaxy:\(name)` is outside a section, where no statement follows", at: directive.position)
    } else if direction == nil {
      report(
        Misspelling.message("directive", "metaxy:\(name)", known: Directive.names.map { "metaxy:\($0)" }),
        at: directive.position)
    }
    var section = RevisionSection(direction ?? .upgrade, position: directive.position)
    for problem in SectionAttributes.read(Directive.arguments(of: directive), into: &section) {
      report(problem, at: directive.position)
    }
    return section
  }

  /// Returns the lexicons for a section: its dialect's, or those of all its dialects.
  private mutating func readers(of section: RevisionSection, _ directive: SQLToken) -> [(
    dialect: String?, lexicon: Lexicon
  )] {
    guard let dialect = section.dialect else {
      let all = lexicons.common.compactMap { name in lexicons[name].map { (dialect: Optional(name), lexicon: $0) } }
      return all.isEmpty ? [(nil, Lexicon())] : all
    }
    if let lexicon = lexicons[dialect] { return [(dialect, lexicon)] }
    if RevisionDirection(rawValue: Directive.name(of: directive)) != nil {
      report(Misspelling.message("dialect", dialect, known: lexicons.names), at: directive.position)
    }
    return [(nil, Lexicon())]
  }

  private func readBody(
    of section: RevisionSection, _ lexicon: Lexicon, for dialect: String?
  ) throws(SQLProblem) -> Body {
    var reader = StatementReader(tokenizer.reading(lexicon))
    var body = Body(end: tokenizer)
    var allowances: [(value: Allowance, position: SQLPosition)] = []
    var checks: [(value: RowCheck, position: SQLPosition)] = []
    reading: while let event = try reader.next() {
      switch event {
      case .statement(let found):
        var statement = RevisionStatement(
          found.sql, comments: found.comments, allowances: allowances.map(\.value),
          rowChecks: checks.map(\.value), position: found.position)
        if let dialect { statement.keep(found.tokens, for: dialect) }
        if section.batchRows != nil { body.tokens.append(found.tokens) }
        body.statements.append(statement)
        (allowances, checks) = ([], [])
        if let refusal = StatementRules.refusal(
          of: found, lexicon: lexicon, outsideTransaction: !section.runsInTransaction)
        {
          body.problems.append((refusal.message, found.position))
        }
      case .comments(let lines): body.notes += lines
      case .directive(let token) where Directive.isAllowance(token):
        if let allowance = Self.allowance(token) {
          allowances.append((allowance, token.position))
        } else {
          body.problems.append(
            ("`metaxy:allow` needs a rule and a reason: `-- metaxy:allow DS103 why`", token.position))
        }
      case .directive(let token) where Directive.isRowCheck(token):
        if let check = RowCheck(token) {
          checks.append((check, token.position))
        } else {
          body.problems.append((Self.rowCheckForm(of: token), token.position))
        }
      case .directive(let token):
        body.next = token
        break reading
      }
    }
    body.problems += allowances.map { ("no statement follows this `metaxy:allow` in its section", $0.position) }
    body.problems += checks.map { ("no statement follows this row check in its section", $0.position) }
    body.end = reader.tokenizer
    return body
  }

  private static func rowCheckForm(of token: SQLToken) -> String {
    Directive.name(of: token) == "loses"
      ? "`metaxy:loses` needs a rule, a message and a query: `-- metaxy:loses DS104 'what' SELECT count(*) FROM …`"
      : "`metaxy:requires` needs a message and a query: `-- metaxy:requires 'what' SELECT count(*) FROM …`"
  }

  private static func allowance(_ token: SQLToken) -> Allowance? {
    let words = Directive.arguments(of: token).split(separator: " ", maxSplits: 1)
    return words.count == 2 ? Allowance(rule: String(words[0]), reason: String(words[1])) : nil
  }
}
