internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRevisions
package import MetaxySQL
internal import MetaxySchema
internal import MetaxyTime

/// One revision to run: its file, and what the plan says of it.
package struct RunStep: Sendable {
  package var file: RevisionFile
  package var plan: RevisionStep

  package init(_ file: RevisionFile, _ plan: RevisionStep) {
    self.file = file
    self.plan = plan
  }

  package var direction: RevisionDirection { plan.direction }
}

/// Runs revisions on a database: each section in a transaction of its own, the version row with the last one.
///
/// The caller holds the database's lock. Even so, inside every transaction the version table and the log are compared with
/// what this run left there: other programs know nothing of the lock.
package final class Runner {
  let database: any Database
  let connection: any Connection
  let dialect: any Dialect
  let environment: RunnerEnvironment
  let versions: VersionTable
  let log: RevisionLog
  let guardian: DestructiveChangeGuard
  let toolVersion: String
  let lexicons: Lexicons
  /// The rows that the version table must hold.
  private(set) var current: Set<String> = []
  /// Whether the run before this one was of the same revision and did not come to its end.
  var previousRunWasInterrupted = false

  /// - Parameters:
  ///   - connection: to the database, opened for writing.
  ///   - allowsLoss: whether everything that loses data is consented to.
  ///   - toolVersion: what the log shall say of the program.
  package init(
    database: any Database, connection: any Connection, environment: RunnerEnvironment, allowsLoss: Bool,
    toolVersion: String, lexicons: Lexicons
  ) {
    let dialect = database.dialect
    self.database = database
    self.connection = connection
    self.dialect = dialect
    self.environment = environment
    self.toolVersion = toolVersion
    self.lexicons = lexicons
    versions = VersionTable(environment.versionTable, dialect: dialect)
    log = RevisionLog(environment.logTable, dialect: dialect)
    guardian = DestructiveChangeGuard(dialect: dialect, allowsEverything: allowsLoss)
  }

  /// Runs `steps` in order, and tells of each as it is done.
  ///
  /// - Parameter prepare: called before the first statement of a run that has something to do and is not refused.
  /// - Throws: `would_lose_data` before anything is done; `statement_failed` with the section rolled back and the revisions
  ///   before it kept; `version_moved` when another program moved the database.
  package func run(
    _ steps: [RunStep], prepare: () throws(MetaxyError) -> Void = {}, each: (AppliedRevision) -> Void
  ) throws(MetaxyError) {
    guard !steps.isEmpty else { return }
    try refuseLosses(of: steps)
    try prepare()
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
  ///
  /// What is renamed on the way has other names now than when its turn comes; of such a table the section itself finds out,
  /// in its transaction.
  private func refuseLosses(of steps: [RunStep]) throws(MetaxyError) {
    var losses: [DestructiveChangeGuard.Loss] = []
    var renamed: Set<String> = []
    let last = try log.last(connection)
    for step in steps {
      // What is done already was consented to, or lost nothing then.
      let done = last.map { $0.isHalfApplied && $0.isRun(of: step) ? $0.section : 0 } ?? 0
      for section in step.file.sections(step.direction, dialect: dialect.name).dropFirst(done) {
        for statement in section.statements {
          let tokens = try SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon)
          if let table = dialect.renamedTable(tokens) { renamed.insert(table.folded) }
        }
        losses += try guardian.losses(of: section, guardian.stated(by: section), in: step.file, connection)
          .filter { loss in loss.potential.tableName.map { !renamed.contains($0.folded) } ?? true }
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
      // Whether a commit that got no answer was done, only the database can tell.
      throw error.isConnectionLoss ? error : error.hinting(whereItStands(after: entry))
    }
    return count
  }

  /// A revision that says something to other engines and nothing to this one was not written for it.
  private func requireSections(_ sections: [RevisionSection], of step: RunStep) throws(MetaxyError) {
    let all = step.file.sections.filter { $0.direction == step.direction }
    guard sections.isEmpty, !all.isEmpty else { return }
    throw .noSection(step, dialect: dialect.name)
  }

  /// A revision that has nothing to do here moves the version all the same.
  private func finishWithoutSections(_ step: RunStep, _ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    try transaction { () throws(MetaxyError) in
      try requireVersion()
      try requireEntry(entry)
      try finish(step, &entry)
    }
    move(step)
  }

  /// Moves the version and closes the log's entry, in the transaction at hand.
  func finish(_ step: RunStep, _ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    entry.finishedAt = Timestamp().text
    try versions.replace(Set(step.plan.before), with: Set(step.plan.after), connection)
    try log.update(entry, connection)
  }

  func move(_ step: RunStep) { current = Set(step.plan.after) }

  func requireVersion() throws(MetaxyError) {
    let found = try versions.revisions(connection)
    guard found == current else {
      throw .versionMoved(table: "\(environment.versionTable)", expected: current, found: found)
    }
  }

  func requireEntry(_ entry: RevisionLog.Entry) throws(MetaxyError) {
    guard let last = try log.last(connection), last.id == entry.id, last.section == entry.section,
      last.statement == entry.statement
    else {
      throw .versionMoved(table: "\(environment.logTable)", expected: current, found: current)
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
