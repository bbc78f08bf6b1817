package import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxyTime

// The way back from a half-applied revision.
extension Runner {
  /// Undoes an interrupted run, and reports it as a run of its revision. The version stays.
  ///
  /// - Throws: as ``run(_:prepare:each:)``.
  package func undo(
    _ reversal: Reversal, prepare: () throws(MetaxyError) -> Void = {}, each: (AppliedRevision) -> Void
  ) throws(MetaxyError) {
    let step = reversal.step
    let sections = step.file.sections(step.direction, dialect: dialect.name)
    try refuseLosses(of: [step])
    try prepare()
    current = reversal.rows
    skipsPresentEffects = reversal.skipsPresentEffects
    previousRunWasInterrupted = true
    defer {
      skipsPresentEffects = false
      previousRunWasInterrupted = false
    }
    each(
      try timed(step) { () throws(MetaxyError) in
        var entry = try begin(reversal)
        // A failed statement outside a transaction may have had an effect.
        let first = sections.dropFirst(entry.section).first
        uneffectiveUndo = first?.runsInTransaction ?? true ? entry : nil
        return try run(sections, step, &entry)
      })
  }

  /// Logs the start of the undoing. From then on the interrupted run cannot be resumed.
  private func begin(_ reversal: Reversal) throws(MetaxyError) -> RevisionLog.Entry {
    let file = reversal.file
    return try transaction { () throws(MetaxyError) in
      try requireVersion()
      try log.createIfMissing(connection)
      guard try log.last(connection)?.finishedAt == nil else {
        throw .versionMoved(table: environment.logTable, expected: current, found: current)
      }
      var entry = RevisionLog.Entry(
        id: 0, revision: file.revision, direction: RevisionLog.Entry.undo, startedAt: Timestamp().text,
        checksum: try file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: file.rendered(),
        snapshotVersion: file.snapshot, toolVersion: toolVersion)
      entry.section = reversal.section
      entry.statement = reversal.statement
      try log.add(&entry, beside: versions, connection)
      return entry
    }
  }

  /// Whether an undoing has changed nothing yet.
  func isUneffectiveUndo(_ entry: RevisionLog.Entry) -> Bool {
    guard let begun = uneffectiveUndo, begun.id == entry.id else { return false }
    return begun.section == entry.section && begun.statement == entry.statement
      && begun.position == entry.position
  }

  /// Returns whether the objects that a statement creates, drops or renames are already as it leaves them.
  ///
  /// - Throws: `cannot_undo` if only some of them are.
  func isPresent(_ statement: RevisionStatement, _ step: RunStep) throws(MetaxyError) -> Bool {
    let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    guard let effect = StatementEffect(tokens, dialect.lexicon) else { return false }
    var present = 0
    for change in effect.changes where try dialect.exists(change.object, connection) == change.exists { present += 1 }
    guard present == 0 || present == effect.changes.count else {
      throw .cannotUndo(statement, step, reason: "only some of what it does is there to be undone")
    }
    return present > 0
  }
}

extension MetaxyError {
  static func cannotUndo(_ statement: RevisionStatement, _ step: RunStep, reason: String) -> MetaxyError {
    MetaxyError(
      .cannotUndo,
      "the interrupted run of revision `\(step.file.revision)` cannot be undone: \(step.place(of: statement)): \(reason)",
      Payload(path: step.file.path, revision: step.file.revision, sql: statement.sql),
      hints: [
        "finish the revision instead",
        "or restore the tables by hand, and give the revision up: \(.stampPurging(to: step.before))",
      ])
  }
}
