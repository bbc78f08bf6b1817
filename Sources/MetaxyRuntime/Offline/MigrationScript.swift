package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// Writes the SQL that a ``Runner`` would run, for a database that someone else migrates: with the checks of its version and
/// its rows, the statements of version and log table, and rebuilds.
///
/// The script does not know the database, so it carries the checks with it: it stops at a database with another version, at
/// rows that violate what a revision requires, and where it would lose rows without consent.
package struct MigrationScript {
  let dialect: any Dialect
  let sql: any ScriptSQL
  let environment: RunnerEnvironment
  let toolVersion: String
  let guardian: DestructiveChangeGuard
  /// The expected rows of the version table.
  package var current: Set<String>
  /// The revisions that the version table may have besides: those of branches that the script leaves alone.
  package var unrelated: Set<String> = []
  package private(set) var lines: [String] = []
  /// Whether the script has created the version and log tables if they did not exist.
  private var hasTables = false

  /// - Parameters:
  ///   - current: the rows of the version table before the script.
  ///   - allowsLoss: whether every loss of data is allowed.
  ///   - toolVersion: the program's version for the log.
  package init(
    _ dialect: any Dialect, environment: RunnerEnvironment, at current: Set<String>, allowsLoss: Bool,
    toolVersion: String
  ) {
    self.dialect = dialect
    self.environment = environment
    self.current = current
    self.toolVersion = toolVersion
    sql = dialect.scriptSQL
    guardian = DestructiveChangeGuard(dialect: dialect, allowsEverything: allowsLoss)
  }

  /// The lines at the beginning of a file.
  package static func header(for dialect: any Dialect) -> [String] { dialect.scriptSQL.header }

  /// Adds the steps of an upgrade or a downgrade.
  ///
  /// - Throws: `no_section` for a revision without sections for the dialect; `would_lose_data` where the script cannot check
  ///   what a statement loses.
  package mutating func add(_ steps: [RunStep]) throws(MetaxyError) {
    for step in steps { try add(step) }
  }

  private mutating func add(_ step: RunStep) throws(MetaxyError) {
    let sections = step.file.sections(step.direction, dialect: dialect.name)
    guard !sections.isEmpty || step.file.sections.allSatisfy({ $0.direction != step.direction }) else {
      throw .noSection(step, dialect: dialect.name)
    }
    let (from, to) = (Self.text(step.before), Self.text(step.after))
    let message = step.file.message.isEmpty ? "" : ", \(CommentText.oneLine(step.file.message))"
    comment("Running \(step.direction.rawValue) \(from) -> \(to)\(message)")
    let startsInTransaction = sections.first?.runsInTransaction ?? true
    if !startsInTransaction {
      try begin()
      try start(step, sections)
      add("COMMIT")
    }
    for (index, section) in sections.enumerated() {
      let isLast = index == sections.count - 1
      if section.runsInTransaction {
        try add(section, at: index, of: step, sections, isLast: isLast)
      } else {
        try addAlone(section, at: index, of: step, isLast: isLast)
      }
    }
    if sections.isEmpty {
      try begin()
      try start(step, sections)
      finish(step, sections: 0)
      add("COMMIT")
    }
    add(sql.forget())
    current = step.after
  }

  /// Adds a section with its transaction.
  private mutating func add(
    _ section: RevisionSection, at index: Int, of step: RunStep, _ sections: [RevisionSection], isLast: Bool
  ) throws(MetaxyError) {
    if section.turnsForeignKeysOff { add(sql.prepareForRebuild(true)) }
    if let rows = section.batchRows {
      comment("In one transaction for all rows; metaxy itself runs it in batches of \(rows).")
    }
    try begin()
    if index == 0 { try start(step, sections) } else { requireProgress(index, step) }
    if let text = section.expectation {
      guard let expected = TableExpectation(attributeText: text) else { throw .unreadableExpectation(text, step) }
      stop("the table `\(expected.table)` differs from what the revision expects", sql.differences(from: expected))
    }
    if section.turnsForeignKeysOff { add(sql.rememberDanglingReferences()) }
    try addStatements(of: section, step)
    if section.turnsForeignKeysOff { add(sql.stopAtDanglingReferences()) }
    if isLast { finish(step, sections: index + 1) } else { progress("section = \(index + 1)") }
    add("COMMIT")
    if section.turnsForeignKeysOff { add(sql.prepareForRebuild(false)) }
  }

  /// Adds a section whose statements run each by itself; each is logged, so that a later run resumes at the right one.
  private mutating func addAlone(
    _ section: RevisionSection, at index: Int, of step: RunStep, isLast: Bool
  ) throws(MetaxyError) {
    let losses = try guardian.potentialLosses(of: section)
    for (place, statement) in section.statements.enumerated() {
      try stopAtLosses(of: place, in: section, losses, step)
      add(statement.sql)
      progress("statement = \(place + 1)")
    }
    try begin()
    requireProgress(index, step)
    if isLast { finish(step, sections: index + 1) } else { progress("section = \(index + 1), statement = 0") }
    add("COMMIT")
  }

  private mutating func addStatements(of section: RevisionSection, _ step: RunStep) throws(MetaxyError) {
    let losses = try guardian.potentialLosses(of: section)
    for (place, statement) in section.statements.enumerated() {
      try stopAtLosses(of: place, in: section, losses, step)
      add(statement.sql)
    }
  }

  // MARK: - Version and log

  private var log: RevisionLog { RevisionLog(environment.logTable, dialect: dialect) }

  /// Begins a transaction in which the database is at the expected version.
  mutating func begin() throws(MetaxyError) {
    add(sql.begin)
    let isFirst = !hasTables
    if isFirst {
      // A database that is not at the base has the version table already.
      if current.isEmpty { add(try VersionTable(environment.versionTable, dialect: dialect).definition) }
      add(try log.definition)
      hasTables = true
    }
    add(sql.lock(environment.versionTable))
    stopElsewhere(checksOthers: isFirst || unrelated.isEmpty)
  }

  /// Logs the start of a step, and checks the rows of the database.
  private mutating func start(_ step: RunStep, _ sections: [RevisionSection]) throws(MetaxyError) {
    let name = sql.name(environment.logTable)
    stop(
      "a revision is half applied; finish it with `metaxy upgrade`",
      """
      (SELECT count(*) FROM \(name) WHERE id = (SELECT max(id) FROM \(name)) AND finished_at IS NULL \
      AND (\(dialect.quoted("section")) > 0 OR \(dialect.quoted("statement")) > 0 OR \(dialect.quoted("position")) IS NOT NULL \
      OR direction = \(SQLText.literal(RevisionLog.Entry.undo))))
      """)
    try stopAtRows(step, sections)
    add(sql.rememberTables())
    add(
      try insertion(of: step.file, direction: step.direction.rawValue, created: "''", dropped: "''", isFinished: false))
  }

  /// Returns the statement that adds an entry to the log.
  ///
  /// - Parameters:
  ///   - created: an expression for the tables that were created.
  ///   - dropped: an expression for those that were dropped.
  func insertion(
    of file: RevisionFile, direction: String, created: String, dropped: String, isFinished: Bool
  ) throws(MetaxyError) -> String {
    let entry = RevisionLog.Entry(
      id: 0, revision: file.revision, direction: direction, startedAt: "",
      checksum: try file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: file.rendered(),
      snapshotVersion: file.snapshot, toolVersion: toolVersion)
    var expressions = [
      "id": "coalesce(max(id), 0) + 1", "started_at": sql.now, "tables_created": created, "tables_dropped": dropped,
      "run_by": sql.author,
    ]
    if isFinished { expressions["finished_at"] = sql.now }
    return log.insertion(of: entry, computing: expressions, into: sql.name(environment.logTable))
  }

  /// Updates the last entry of the log, with the tables that were created and dropped so far.
  private mutating func progress(_ assignments: String) {
    let name = sql.name(environment.logTable)
    add(
      """
      UPDATE \(name) SET \(assignments), tables_created = \(sql.createdTables), tables_dropped = \(sql.droppedTables)
      WHERE id = (SELECT max(id) FROM \(name))
      """)
  }

  private mutating func finish(_ step: RunStep, sections: Int) {
    progress("section = \(sections), statement = 0, finished_at = \(sql.now)")
    replaceVersion(with: step.after)
  }

  private mutating func requireProgress(_ section: Int, _ step: RunStep) {
    let name = sql.name(environment.logTable)
    stop(
      "the log does not end with \(Wording.count(section, "section")) of `\(step.file.revision)`",
      """
      (SELECT count(*) FROM \(name) WHERE id = (SELECT max(id) FROM \(name)) AND NOT (\
      revision = \(SQLText.literal(step.file.revision)) AND \(dialect.quoted("section")) = \(section)))
      """)
  }

  // MARK: - Rows

  /// Stops at rows that violate what the statements of a step require, and at values that change without consent.
  private mutating func stopAtRows(_ step: RunStep, _ sections: [RevisionSection]) throws(MetaxyError) {
    for statement in sections.flatMap(\.statements) {
      for check in statement.rowChecks {
        if let rule = check.rule {
          if guardian.allowsEverything || statement.allows(rule) { continue }
          stop("\(check.message) (\(step.place(of: statement)), rule \(rule))", "(\(check.query))")
        } else {
          stop("\(check.message) (\(step.place(of: statement)))", "(\(check.query))")
        }
      }
    }
  }

  /// Stops before a statement that would lose rows or values without consent.
  private mutating func stopAtLosses(
    of place: Int, in section: RevisionSection, _ losses: DestructiveChangeGuard.PotentialLosses, _ step: RunStep
  ) throws(MetaxyError) {
    let statement = section.statements[place]
    for (index, loss) in losses where index == place {
      guard !statement.allows(loss.rule) else { continue }
      for count in try counts(of: loss, in: section, statement, step) {
        stop("without consent: \(loss.displayText) (\(step.place(of: statement)), rule \(loss.rule))", count)
      }
    }
  }

  /// Returns expressions that are not 0 if a loss is one of existing data.
  private func counts(
    of loss: PotentialLoss, in section: RevisionSection, _ statement: RevisionStatement, _ step: RunStep
  ) throws(MetaxyError) -> [String] {
    switch loss {
    case .table(let table), .rows(of: let table): return [sql.hasRows(table)]
    case .column(let column, of: let table, isDropped: _): return [sql.hasValues(column, of: table)]
    case .tables(inSchema: let schema): return [sql.tables(inSchema: schema)]
    case .values: return []
    case .replacement(of: let table, keeping: let kept):
      guard let text = section.expectation, let expected = TableExpectation(attributeText: text) else {
        // Only the database knows the columns that a rebuild written by hand leaves out.
        throw .wouldLoseData([DestructiveChangeGuard.Loss(potential: loss, place: step.place(of: statement))])
      }
      let names = Set(kept.map { dialect.folded($0) })
      return expected.columns.filter { !names.contains(dialect.folded($0)) }.map { sql.hasValues($0, of: table) }
    }
  }

  // MARK: - Text

  mutating func stop(_ message: String, _ count: String) {
    add(sql.stop(CommentText.oneLine(message), unlessZero: count))
  }

  mutating func add(_ statement: String) { lines.append(statement + ";") }
  mutating func add(_ statements: [String]) { for statement in statements { add(statement) } }

  mutating func comment(_ text: String) {
    if !lines.isEmpty { lines.append("") }
    lines.append("-- \(text)")
  }
}
