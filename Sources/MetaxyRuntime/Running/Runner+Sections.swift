internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL

// The execution of one section: in its transaction, or statement by statement without one.
extension Runner {
  func run(
    _ section: RevisionSection, _ step: RunStep, _ entry: inout RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) {
    try requireSpace(for: section)
    let rebuild = section.turnsForeignKeysOff ? connection.rebuildSupport : nil
    try rebuild?.prepareForRebuild(true)
    do {
      if section.batchRows != nil {
        try runBatches(of: section, step, &entry, isLast: isLast)
      } else if section.runsInTransaction {
        entry = try transaction { () throws(MetaxyError) in try runAll(of: section, step, entry, isLast: isLast) }
        if isLast { move(step) }
      } else {
        try runAlone(section, step, &entry, isLast: isLast)
      }
    } catch {
      // The current error is more useful than an error of restoring the settings, and the connection ends with this run.
      try? rebuild?.prepareForRebuild(false)
      throw error
    }
    try rebuild?.prepareForRebuild(false)
  }

  /// Checks the free disk space before the copy starts: during a rebuild the table exists twice.
  private func requireSpace(for section: RevisionSection) throws(MetaxyError) {
    guard let table = section.expectation.flatMap({ TableExpectation(attributeText: $0) })?.table else { return }
    try database.requireSpaceForCopy("to rebuild `\(table)`")
  }

  /// Runs a section in the current transaction and returns its log entry.
  private func runAll(
    of section: RevisionSection, _ step: RunStep, _ entry: RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) -> RevisionLog.Entry {
    var entry = entry
    try requirePosition(&entry)
    try requireExpected(section, step)
    let rebuild = section.turnsForeignKeysOff ? connection.rebuildSupport : nil
    let dangling = try rebuild?.danglingReferences() ?? [:]
    let before = try connection.tablesBefore(tokens(of: section), under: environment.policy)
    let meter = try sectionMeter(for: section, number: entry.section + 1, step)
    // The conditions on rows are about the tables before the revision, which earlier transactions may have changed.
    let isFirst = step.file.sections(step.direction, dialect: dialect.name).prefix(entry.section)
      .allSatisfy { !$0.runsInTransaction }
    let countedAt = isFirst ? try firstAfterLocks(section) : nil
    for index in section.statements.indices {
      if index == countedAt {
        var losses: [DestructiveChangeGuard.Loss] = []
        for statement in section.statements { losses += try self.losses(of: statement, step) }
        try refuse(losses)
      }
      if skipsPresentEffects, section.expectation == nil, try isPresent(section.statements[index], step) { continue }
      entry.rowsChanged += try run(at: index, of: section, step, meter)
    }
    try note(&entry, tablesBefore: before)
    try meter?.finish()
    if let rebuild { try requireNoMore(dangling, rebuild, step) }
    entry.section += 1
    if isLast { try finish(step, &entry) } else { try log.write(&entry, connection) }
    return entry
  }

  /// Returns the place of the first statement that changes something: the locks before it keep other sessions from writing
  /// after the rows were counted.
  private func firstAfterLocks(_ section: RevisionSection) throws(MetaxyError) -> Int? {
    for (index, statement) in section.statements.enumerated() {
      let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
      if tokens.first?.isWord("LOCK") != true { return index }
    }
    return nil
  }

  /// Refuses a rebuild if the table has more than it expects, which would be lost.
  private func requireExpected(_ section: RevisionSection, _ step: RunStep) throws(MetaxyError) {
    guard let text = section.expectation else { return }
    guard let expected = TableExpectation(attributeText: text) else { throw .unreadableExpectation(text, step) }
    guard let live = try connection.rebuildSupport?.liveExpectation(of: expected.table) else {
      throw .unexpectedTable(expected.table, ["there is no such table"], step)
    }
    let differences = expected.differences(from: live)
    guard differences.isEmpty else { throw .unexpectedTable(expected.table, differences, step) }
  }

  /// > 10. If foreign key constraints were originally enabled, run PRAGMA foreign_key_check
  ///
  /// Rows with dangling references from before this section are not counted.
  private func requireNoMore(
    _ before: [TableReference: Int], _ rebuild: any RebuildSupport, _ step: RunStep
  ) throws(MetaxyError) {
    let broken = try rebuild.danglingReferences().filter { $0.value > before[$0.key, default: 0] }
    guard broken.isEmpty else { throw .brokenReferences(broken, step) }
  }

  /// Runs a section whose statements run separately: each is logged when it is complete, so that an interrupted run
  /// resumes at the right one. Running one of these statements twice does no harm, and none of them changes rows.
  private func runAlone(
    _ section: RevisionSection, _ step: RunStep, _ entry: inout RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) {
    let losses = try guardian.potentialLosses(of: section)
    for (index, statement) in section.statements.enumerated().dropFirst(entry.statement) {
      let before = try connection.tablesBefore([], under: environment.policy)
      var isRepeated = previousRunWasInterrupted
      do {
        entry.rowsChanged += try retrying { () throws(MetaxyError) in
          if skipsPresentEffects, try isPresent(statement, step) { return 0 }
          if isRepeated, try isDoneOrCleared(statement) { return 0 }
          isRepeated = true
          let losses = try guardian.losses(of: section, losses, only: index, in: step.file, connection)
          guard losses.isEmpty else { throw .wouldLoseData(losses) }
          return try execute(statement, at: index, of: section, step)
        }
      } catch {
        // A failed statement leaves no partial result. The next run removes it first where this fails, and after an
        // interruption, which must not wait for other sessions.
        if !error.isInterruption, !error.isConnectionLoss { _ = try? isDoneOrCleared(statement) }
        throw error
      }
      var done = entry
      done.statement += 1
      try transaction { () throws(MetaxyError) in
        try requirePosition(&entry)
        try note(&done, tablesBefore: before)
        try log.update(done, connection)
      }
      entry = done
    }
    var done = entry
    done.section += 1
    done.statement = 0
    try transaction { () throws(MetaxyError) in
      try requirePosition(&entry)
      if isLast { try finish(step, &done) } else { try log.update(done, connection) }
    }
    entry = done
    if isLast { move(step) }
  }

  /// Returns whether an earlier run completed a statement; removes its partial result otherwise.
  private func isDoneOrCleared(_ statement: RevisionStatement) throws(MetaxyError) -> Bool {
    let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    if try dialect.isAlreadyApplied(tokens, connection) { return true }
    try dialect.cleanUpPartial(of: tokens, connection)
    return false
  }

  private func tokens(of section: RevisionSection) throws(MetaxyError) -> [[SQLToken]] {
    try section.statements.map { statement throws(MetaxyError) in
      try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    }
  }

  /// Starts to measure what a section loses; nil if every loss is allowed.
  func sectionMeter(
    for section: RevisionSection, number: Int, _ step: RunStep
  ) throws(MetaxyError) -> SectionMeter? {
    guard !guardian.allowsEverything else { return nil }
    let tokens = try tokens(of: section)
    return SectionMeter(
      meter: try connection.lossMeter(for: tokens), section: section, tokens: tokens, number: number, step: step)
  }

  /// - Parameter batch: the statement for a part of its rows; nil for all of them.
  func run(
    at index: Int, of section: RevisionSection, _ step: RunStep, _ meter: SectionMeter?, as batch: String? = nil
  ) throws(MetaxyError) -> Int {
    let statement = section.statements[index]
    guard let meter else { return try execute(statement, at: index, of: section, step, as: batch) }
    return try meter.measure(at: index) { () throws(MetaxyError) in
      try execute(statement, at: index, of: section, step, as: batch)
    }
  }

  private func execute(
    _ statement: RevisionStatement, at index: Int, of section: RevisionSection, _ step: RunStep,
    as batch: String? = nil
  ) throws(MetaxyError) -> Int {
    let sql = batch ?? statement.sql
    do {
      return try observing(sql, step) { () throws(MetaxyError) in
        try connection.execute(sql, under: environment.policy)
      }
    } catch {
      throw .statementFailed(
        statement, position: index + 1, of: section.statements.count, step,
        remedies: remedies(of: error, statement, step),
        cause: error)
    }
  }

  private func remedies(of error: MetaxyError, _ statement: RevisionStatement, _ step: RunStep) -> [Hint] {
    // The tokens of a statement that ran are always there.
    if let tokens = try? statement.tokens(for: dialect.name, lexicon: dialect.lexicon),
      dialect.meansDependents(error, of: tokens)
    {
      return [Self.dependentsRemedy]
    }
    guard step.direction == .upgrade else { return [] }
    if dialect.meansExisting(error) {
      // A stamp with a revision that is applied late would take back those above it.
      let isLate = !step.after.contains(step.file.revision)
      let stamp: SuggestedCommand = .stamp(isLate ? step.after.sorted() : [step.file.revision])
      return ["if the database has all that the revision makes, \(stamp) marks it as applied"]
        + (step.before.isEmpty ? [Self.firstRevisionRemedy] : [])
    }
    return dialect.meansMissingSchema(error)
      ? ["create the schema first: `CREATE SCHEMA` in a `.sql` entrypoint is part of the next revision"] : []
  }

  private static let dependentsRemedy: Hint =
    "drop what depends on it before the run, and create it again after it: the revision was written where this did not exist"

  /// For a database that had its tables before its first revision.
  private static let firstRevisionRemedy: Hint =
    "if it had its tables before the history, \(.initialiseFromDatabase()) in a project without revisions starts with them"

  /// Logs the created and dropped tables, and refuses those that this environment must not touch.
  func note(_ entry: inout RevisionLog.Entry, tablesBefore before: Set<TableName>) throws(MetaxyError) {
    let changes = try connection.finishStatements(under: environment.policy, tablesBefore: before)
    for table in changes.created.union(changes.dropped).sorted() {
      guard let reason = environment.policy.refusal(table) else { continue }
      throw .tableRefused(table, verb: changes.created.contains(table) ? "create" : "drop or rename", reason: reason)
    }
    entry.tablesCreated = Array(Set(entry.tablesCreated).subtracting(changes.dropped).union(changes.created))
    entry.tablesDropped = Array(Set(entry.tablesDropped).subtracting(changes.created).union(changes.dropped))
  }
}
