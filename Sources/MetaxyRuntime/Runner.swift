public import MetaxyErrors
public import MetaxyScript

/// One revision to run: its file, and what the plan says of it.
public struct RunStep: Sendable {
  public var file: RevisionFile
  public var plan: RevisionStep

  public init(_ file: RevisionFile, _ plan: RevisionStep) {
    self.file = file
    self.plan = plan
  }

  public var direction: RevisionDirection { plan.direction }
}

/// Runs revisions on a database: each section in a transaction of its own, the version row with the last one.
///
/// The caller holds the database's lock. Even so, inside every transaction the version table and the log are compared with
/// what this run left there: other programs know nothing of the lock.
public final class Runner {
  let connection: any Connection
  let dialect: any Dialect
  let environment: RunnerEnvironment
  let versions: VersionTable
  let log: RevisionLog
  private let guardian: LossGuard
  private let toolVersion: String
  private let lexicons: [String: Lexicon]
  /// The rows that the version table must hold.
  private var current: Set<String> = []
  /// Whether the run before this one was of the same revision and did not come to its end.
  private var wasEnded = false

  /// - Parameters:
  ///   - allowsLoss: whether everything that loses data is consented to.
  ///   - toolVersion: what the log shall say of the program.
  public init(
    connection: any Connection, dialect: any Dialect, environment: RunnerEnvironment, allowsLoss: Bool,
    toolVersion: String, lexicons: [String: Lexicon]
  ) {
    self.connection = connection
    self.dialect = dialect
    self.environment = environment
    self.toolVersion = toolVersion
    self.lexicons = lexicons
    versions = VersionTable(name: environment.versionTable, dialect: dialect)
    log = RevisionLog(name: environment.logTable, dialect: dialect)
    guardian = LossGuard(dialect: dialect, allowsEverything: allowsLoss)
  }

  /// Runs `steps` in order, and tells of each as it is done.
  ///
  /// - Throws: `would_lose_data` before anything is done; `statement_failed` with the section rolled back and the revisions
  ///   before it kept; `version_moved` when another program moved the database.
  public func run(_ steps: [RunStep], each: (AppliedRevision) -> Void) throws(MetaxyError) {
    guard !steps.isEmpty else { return }
    try refuseLosses(of: steps)
    current = Set(steps[0].plan.before)
    for step in steps {
      let clock = ContinuousClock()
      let start = clock.now
      let statements = try run(step)
      let elapsed = clock.now - start
      let milliseconds = elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
      each(
        AppliedRevision(
          revision: step.file.revision, message: step.file.message, direction: step.direction.rawValue,
          milliseconds: Int(milliseconds), statements: statements))
    }
  }

  /// Refuses the whole run before its first statement when any of it loses data: half of a downgrade helps nobody.
  private func refuseLosses(of steps: [RunStep]) throws(MetaxyError) {
    var losses: [LossGuard.Loss] = []
    for step in steps {
      for section in step.file.sections(step.direction, dialect: dialect.name) {
        losses += try guardian.losses(of: section, in: step.file, connection)
      }
    }
    guard losses.isEmpty else { throw .wouldLoseData(losses) }
  }

  /// Runs one revision and returns the number of its statements that ran.
  private func run(_ step: RunStep) throws(MetaxyError) -> Int {
    let sections = step.file.sections(step.direction, dialect: dialect.name)
    try requireSections(sections, of: step)
    var entry = try begin(step, sections)
    var count = 0
    do {
      if entry.section >= sections.count { try finishWithoutSections(step, &entry) }
      for (index, section) in sections.enumerated().dropFirst(entry.section) {
        let isLast = index == sections.count - 1
        try run(section, step, &entry, isLast: isLast)
        count += section.statements.count
      }
    } catch {
      record(error, in: entry)
      throw error.hinting(whereItStands(after: entry))
    }
    return count
  }

  /// A revision that says something to other engines and nothing to this one was not written for it.
  private func requireSections(_ sections: [RevisionSection], of step: RunStep) throws(MetaxyError) {
    let all = step.file.sections.filter { $0.direction == step.direction }
    guard sections.isEmpty, !all.isEmpty else { return }
    throw .noSection(step, dialect: dialect.name)
  }

  /// Writes the start of a run into the log, or takes up the one that stopped halfway.
  private func begin(_ step: RunStep, _ sections: [RevisionSection]) throws(MetaxyError) -> RevisionLog.Entry {
    try connection.transaction { () throws(MetaxyError) in
      try versions.createIfMissing(connection)
      try log.createIfMissing(connection)
      try requireVersion()
      var entry = RevisionLog.Entry(
        id: 0, revision: step.file.revision, direction: step.direction.rawValue, startedAt: Timestamp.now,
        checksum: try step.file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: step.file.rendered(),
        snapshotVersion: step.file.snapshot, toolVersion: toolVersion)
      let last = try log.last(connection)
      wasEnded =
        last.map { $0.finishedAt == nil && $0.revision == entry.revision && $0.direction == entry.direction } ?? false
      if let last, last.isHalfApplied {
        try requireSameStart(last, step, sections)
        entry.section = last.section
        entry.statement = last.statement
      }
      return try log.add(entry, connection)
    }
  }

  /// A half-applied revision goes on where it stopped; what is already done must be what the file still says.
  private func requireSameStart(
    _ last: RevisionLog.Entry, _ step: RunStep, _ sections: [RevisionSection]
  ) throws(MetaxyError) {
    guard last.revision == step.file.revision, last.direction == step.direction.rawValue else {
      throw .halfApplied(last)
    }
    let applied = try RevisionFile(parsing: last.script, path: step.file.path, lexicons: lexicons)
      .sections(step.direction, dialect: dialect.name)
    guard Self.done(last, in: applied) == Self.done(last, in: sections) else {
      throw .editedWhileHalfApplied(step.file, sections: last.section, statements: last.statement)
    }
  }

  /// The statements that a run has done: those of whole sections, and the first of one without a transaction.
  private static func done(_ entry: RevisionLog.Entry, in sections: [RevisionSection]) -> [[String]] {
    let texts = sections.map { $0.statements.map(\.sql) }
    return Array(texts.prefix(entry.section))
      + texts.dropFirst(entry.section).prefix(1).map {
        Array($0.prefix(entry.statement))
      }
  }

  private func run(
    _ section: RevisionSection, _ step: RunStep, _ entry: inout RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) {
    if section.turnsForeignKeysOff { try connection.prepareForRebuild(true) }
    do {
      if section.runsInTransaction {
        entry = try runInTransaction(section, step, entry, isLast: isLast)
      } else {
        try runAlone(section, step, &entry, isLast: isLast)
      }
    } catch {
      // The error at hand says more than one of turning them on again, and the connection ends with this run.
      if section.turnsForeignKeysOff { try? connection.prepareForRebuild(false) }
      throw error
    }
    if section.turnsForeignKeysOff { try connection.prepareForRebuild(false) }
  }

  private func runInTransaction(
    _ section: RevisionSection, _ step: RunStep, _ entry: RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) -> RevisionLog.Entry {
    var entry = entry
    try connection.transaction { () throws(MetaxyError) in
      try requireVersion()
      try requireEntry(entry)
      try requireExpected(section, step)
      let dangling = section.turnsForeignKeysOff ? try connection.danglingReferences() : [:]
      let before = try connection.tableNames()
      for (index, statement) in section.statements.enumerated() {
        entry.rowsChanged += try run(statement, at: index, of: section, step)
      }
      try note(&entry, tablesBefore: before)
      if section.turnsForeignKeysOff { try requireNoMore(dangling, step) }
      entry.section += 1
      if isLast {
        try finish(step, &entry)
      } else {
        try log.update(entry, connection)
      }
    }
    if isLast { move(step) }
    return entry
  }

  /// A rebuild that does not know of all that the table has would lose it.
  private func requireExpected(_ section: RevisionSection, _ step: RunStep) throws(MetaxyError) {
    guard let text = section.expectation else { return }
    guard let expected = TableExpectation(text) else { throw .unreadableExpectation(text, step) }
    guard let live = try connection.liveExpectation(of: expected.table) else {
      throw .unexpectedTable(expected.table, ["there is no such table"], step)
    }
    let differences = expected.differences(from: live)
    guard differences.isEmpty else { throw .unexpectedTable(expected.table, differences, step) }
  }

  /// > 10. If foreign key constraints were originally enabled, run PRAGMA foreign_key_check
  ///
  /// Rows that referred to nothing before are no fault of this section.
  private func requireNoMore(_ before: [String: Int], _ step: RunStep) throws(MetaxyError) {
    let broken = try connection.danglingReferences().filter { $0.value > before[$0.key, default: 0] }
    guard broken.isEmpty else { throw .brokenReferences(broken, step) }
  }

  /// Runs a section whose statements stand alone: each is noted when it is done, so that a run which ends between two of
  /// them goes on at the right one. They are such that running one twice is harmless.
  private func runAlone(
    _ section: RevisionSection, _ step: RunStep, _ entry: inout RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) {
    for (index, statement) in section.statements.enumerated().dropFirst(entry.statement) {
      let before = try connection.tableNames()
      let isDone = wasEnded ? try self.isDone(statement) : false
      if !isDone { entry.rowsChanged += try run(statement, at: index, of: section, step) }
      var done = entry
      done.statement += 1
      try connection.transaction { () throws(MetaxyError) in
        try requireVersion()
        try requireEntry(entry)
        try note(&done, tablesBefore: before)
        try log.update(done, connection)
      }
      entry = done
    }
    var done = entry
    done.section += 1
    done.statement = 0
    try connection.transaction { () throws(MetaxyError) in
      try requireVersion()
      try requireEntry(entry)
      if isLast { try finish(step, &done) } else { try log.update(done, connection) }
    }
    entry = done
    if isLast { move(step) }
  }

  private func isDone(_ statement: RevisionStatement) throws(MetaxyError) -> Bool {
    try dialect.isDone(SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon), connection)
  }

  private func run(
    _ statement: RevisionStatement, at index: Int, of section: RevisionSection, _ step: RunStep
  ) throws(MetaxyError) -> Int {
    let losses = try guardian.losses(of: section, only: index, in: step.file, connection)
    guard losses.isEmpty else { throw .wouldLoseData(losses) }
    do {
      return try connection.execute(statement.sql, under: environment.policy)
    } catch {
      throw .statementFailed(statement, position: index + 1, of: section.statements.count, step, cause: error)
    }
  }

  /// A revision that has nothing to do here moves the version all the same.
  private func finishWithoutSections(_ step: RunStep, _ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    try connection.transaction { () throws(MetaxyError) in
      try requireVersion()
      try requireEntry(entry)
      try finish(step, &entry)
    }
    move(step)
  }

  /// Moves the version and closes the log's entry, in the transaction at hand.
  private func finish(_ step: RunStep, _ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    entry.finishedAt = Timestamp.now
    try versions.replace(Set(step.plan.before), with: Set(step.plan.after), connection)
    try log.update(entry, connection)
  }

  private func move(_ step: RunStep) { current = Set(step.plan.after) }

  /// Notes which tables came and went, and refuses those that are none of this environment's business.
  private func note(_ entry: inout RevisionLog.Entry, tablesBefore before: Set<String>) throws(MetaxyError) {
    let after = try connection.tableNames()
    let created = after.subtracting(before)
    let dropped = before.subtracting(after)
    for table in created.union(dropped).sorted() {
      guard let reason = environment.policy.refusal(table) else { continue }
      throw .tableNotOurs(table, wasCreated: created.contains(table), reason: reason)
    }
    entry.tablesCreated = Array(Set(entry.tablesCreated).subtracting(dropped).union(created))
    entry.tablesDropped = Array(Set(entry.tablesDropped).subtracting(created).union(dropped))
  }

  private func requireVersion() throws(MetaxyError) {
    let found = try versions.revisions(connection)
    guard found == current else {
      throw .versionMoved(table: environment.versionTable, expected: current, found: found)
    }
  }

  private func requireEntry(_ entry: RevisionLog.Entry) throws(MetaxyError) {
    guard let last = try log.last(connection), last.id == entry.id, last.section == entry.section else {
      throw .versionMoved(table: environment.logTable, expected: current, found: current)
    }
  }

  /// Writes a failure into the log, after the rollback.
  private func record(_ error: MetaxyError, in entry: RevisionLog.Entry) {
    var entry = entry
    entry.error = [error.message, (error.cause as? MetaxyError)?.message].compactMap { $0 }.joined(separator: ": ")
    // Where even this cannot be written, on a full disk for example, the error itself is what the user must see.
    _ = try? connection.transaction { () throws(MetaxyError) in try log.update(entry, connection) }
  }

  private func whereItStands(after entry: RevisionLog.Entry) -> String {
    let place = current.isEmpty ? "before its first revision" : "at `\(current.sorted().joined(separator: "`, `"))`"
    guard entry.isHalfApplied else { return "the revision was rolled back; the database is \(place)" }
    let done = "\(entry.section) \(entry.section == 1 ? "section" : "sections")"
    guard entry.statement == 0 else {
      let statements = "\(entry.statement) \(entry.statement == 1 ? "statement" : "statements")"
      return "\(done) and, outside transactions, \(statements) of the next one are applied; the database is \(place);"
        + " the next run goes on with the statement that failed"
    }
    return
      "the failed section was rolled back; \(done) of the revision before it \(entry.section == 1 ? "stays" : "stay") applied; the database is \(place);"
      + " the next run goes on with the section that failed"
  }
}
