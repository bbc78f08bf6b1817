internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRevisions
package import MetaxySQL
internal import MetaxyTime

/// One revision to run: its file, and its change of the version table.
package struct RunStep: Sendable {
  package var file: RevisionFile
  package var direction: RevisionDirection
  /// The rows of the version table before and after it.
  package var before: Set<String>
  package var after: Set<String>

  package init(_ file: RevisionFile, _ step: RevisionStep) {
    self.file = file
    direction = step.direction
    before = Set(step.before)
    after = Set(step.after)
  }

  /// A run of sections that does not move the version.
  init(_ file: RevisionFile, _ direction: RevisionDirection, at rows: Set<String>) {
    self.file = file
    self.direction = direction
    before = rows
    after = rows
  }
}

/// Runs revisions on a database: each section in its own transaction, the version row with the last one.
///
/// The caller holds the database's lock. In addition, every transaction compares the version table and the log with
/// their state after the last one, because other programs do not know the lock.
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
  /// The expected rows of the version table.
  package var current: Set<String> = []
  /// Called before and after each statement of a revision.
  package var observe: ((StatementEvent) -> Void)?
  /// Whether statements whose effect is already there are left out, as in a run that undoes an interrupted one.
  var skipsPresentEffects = false
  /// The entry of an undoing as long as that has changed nothing: after a failure, the interrupted run can still be resumed.
  var uneffectiveUndo: RevisionLog.Entry?
  /// Whether the last run was of the same revision and was interrupted.
  var previousRunWasInterrupted = false
  /// The expected last entry of the log.
  var last: RevisionLog.Entry?
  /// Whether a committed transaction of this run has seen or made the version table, and the log with every column.
  var hasBookkeeping = false

  /// - Parameters:
  ///   - connection: a connection for writing.
  ///   - allowsLoss: whether every loss of data is allowed.
  ///   - toolVersion: the program's version for the log.
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

  /// Runs `steps` in order and reports each one.
  ///
  /// - Parameter prepare: called before the first statement of a run that has changes and is not refused.
  /// - Throws: `would_lose_data` before any change; `statement_failed` with the section rolled back and earlier
  ///   revisions kept; `version_moved` if another program changed the version.
  package func run(
    _ steps: [RunStep], prepare: () throws(MetaxyError) -> Void = {}, each: (AppliedRevision) -> Void
  ) throws(MetaxyError) {
    guard !steps.isEmpty else { return }
    try rehearse(steps)
    try prepare()
    current = steps[0].before
    for (index, step) in steps.enumerated() {
      if index > 0 { try requireRows(for: step) }
      each(try timed(step) { () throws(MetaxyError) in try run(step) })
    }
  }

  /// Runs a step by calling `body`, which returns the number of executed statements.
  func timed(_ step: RunStep, _ body: () throws(MetaxyError) -> Int) throws(MetaxyError) -> AppliedRevision {
    let clock = ContinuousClock()
    let start = clock.now
    let statements = try body()
    let elapsed = clock.now - start
    let milliseconds = elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    return AppliedRevision(
      revision: step.file.revision, message: step.file.message, direction: step.direction.rawValue,
      milliseconds: Int(milliseconds), statements: statements)
  }

  /// Checks what can be checked before the first statement of a run, and changes nothing.
  ///
  /// - Throws: `would_lose_data` for any of the steps; `rows_in_the_way` for the first one, because the rows of the others are
  ///   those that it leaves; `no_section`.
  package func rehearse(_ steps: [RunStep]) throws(MetaxyError) {
    for step in steps { try requireSections(step.file.sections(step.direction, dialect: dialect.name), of: step) }
    last = try log.last(connection)
    try refuseLosses(of: steps)
    if let first = steps.first { try requireRows(for: first) }
  }

  /// Refuses the whole run before its first statement if any part of it loses data: a half-applied downgrade is
  /// useless.
  ///
  /// A table that the run renames does not have the name of its step yet; the section checks such a table in its
  /// transaction.
  func refuseLosses(of steps: [RunStep]) throws(MetaxyError) {
    var losses: [DestructiveChangeGuard.Loss] = []
    var renamed: Set<TableName> = []
    let live = try LiveTableNames(connection, dialect)
    for step in steps {
      // The completed part lost nothing, or had consent.
      let done = last.map { $0.isHalfApplied && $0.isRun(of: step) ? $0.section : 0 } ?? 0
      for section in step.file.sections(step.direction, dialect: dialect.name).dropFirst(done) {
        for statement in section.statements {
          let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
          if let table = dialect.renamedTable(tokens) { renamed.insert(live.key(of: table)) }
        }
        losses += try guardian.losses(of: section, guardian.potentialLosses(of: section), in: step.file, connection)
          .filter { loss in loss.potential.tableName.map { !renamed.contains(live.key(of: $0)) } ?? true }
      }
    }
    guard losses.isEmpty else { throw .wouldLoseData(losses) }
  }

  /// Runs one revision and returns the number of executed statements.
  private func run(_ step: RunStep) throws(MetaxyError) -> Int {
    let sections = step.file.sections(step.direction, dialect: dialect.name)
    try requireSections(sections, of: step)
    var entry = try begin(step, sections)
    return try run(sections, step, &entry)
  }

  /// Runs the sections that `entry` has not completed, and returns the number of executed statements.
  func run(
    _ sections: [RevisionSection], _ step: RunStep, _ entry: inout RevisionLog.Entry
  ) throws(MetaxyError) -> Int {
    var count = 0
    do {
      if entry.section >= sections.count { try finishWithoutSections(step, &entry) }
      for (index, section) in sections.enumerated().dropFirst(entry.section) {
        let isLast = index == sections.count - 1
        try run(section, step, &entry, isLast: isLast)
        count += section.statements.count
      }
      last = entry
    } catch {
      record(error, in: entry)
      // After a lost connection during a commit, only the database shows whether it was applied.
      guard !error.isConnectionLoss else { throw error }
      throw positionHints(after: entry, sections).reduce(error) { $0.hinting($1) }
    }
    return count
  }

  /// Refuses a revision that has sections for other engines but none for this one.
  private func requireSections(_ sections: [RevisionSection], of step: RunStep) throws(MetaxyError) {
    let all = step.file.sections.filter { $0.direction == step.direction }
    guard sections.isEmpty, !all.isEmpty else { return }
    throw .noSection(step, dialect: dialect.name)
  }

  /// Updates the version for a revision that has nothing to run on this engine.
  private func finishWithoutSections(_ step: RunStep, _ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    let begun = entry
    entry = try transaction { () throws(MetaxyError) in
      var entry = begun
      try requirePosition(&entry)
      try finish(step, &entry)
      return entry
    }
    move(step)
  }

  /// Updates the version and closes the log entry, in the current transaction.
  func finish(_ step: RunStep, _ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    entry.finishedAt = Timestamp().text
    try versions.replace(step.before, with: step.after, connection)
    try log.write(&entry, connection)
  }

  func move(_ step: RunStep) {
    current = step.after
    hasBookkeeping = true
  }

  /// Requires that no other program has moved the version or the log since the last transaction. An entry that is not logged
  /// yet gets its number, and the tables for it are made if they do not exist.
  func requirePosition(_ entry: inout RevisionLog.Entry) throws(MetaxyError) {
    guard !entry.isLogged else {
      try requireVersion()
      return try requireEntry(entry)
    }
    if !hasBookkeeping {
      try versions.createIfMissing(connection)
      try log.createIfMissing(connection)
    }
    try requireVersion(try log.number(&entry, beside: versions, connection))
    if let last, last.isHalfApplied { try requireEntry(last) }
    guard entry.id == (last?.id ?? 0) + 1 else {
      throw .versionMoved(table: environment.logTable, expected: current, found: current)
    }
  }

  func requireVersion() throws(MetaxyError) {
    try requireVersion(versions.revisions(connection, exists: hasBookkeeping))
  }

  private func requireVersion(_ found: Set<String>) throws(MetaxyError) {
    guard found == current else {
      throw .versionMoved(table: environment.versionTable, expected: current, found: found)
    }
  }

  private func requireEntry(_ entry: RevisionLog.Entry) throws(MetaxyError) {
    guard let last = try log.last(connection, isComplete: true), last.id == entry.id, last.section == entry.section,
      last.statement == entry.statement, last.position == entry.position
    else {
      throw .versionMoved(table: environment.logTable, expected: current, found: current)
    }
  }

  /// Logs a failure after the rollback.
  private func record(_ error: MetaxyError, in entry: RevisionLog.Entry) {
    var entry = entry
    entry.error = [error.message, (error.cause as? MetaxyError)?.message].compactMap { $0 }.joined(separator: ": ")
    // If even this fails, for example on a full disk, the user must still see the original error.
    _ = try? connection.transaction { () throws(MetaxyError) in
      if isUneffectiveUndo(entry) { return try log.remove(entry, connection) }
      if !entry.isLogged { try requirePosition(&entry) }
      try log.write(&entry, connection)
    }
  }
}
