internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyTime

// The start of a run: in the log, and at the section where an interrupted run stopped.
extension Runner {
  /// Returns the entry of a run that starts or resumes.
  ///
  /// It is written with the first section, in its transaction: a run that is killed there leaves nothing. Where parts of
  /// that section are committed, it is written before them.
  func begin(_ step: RunStep, _ sections: [RevisionSection]) throws(MetaxyError) -> RevisionLog.Entry {
    var begun = RevisionLog.Entry(
      id: 0, revision: step.file.revision, direction: step.direction.rawValue, startedAt: Timestamp().text,
      checksum: try step.file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: step.file.rendered(),
      snapshotVersion: step.file.snapshot, toolVersion: toolVersion)
    previousRunWasInterrupted = last.map { $0.finishedAt == nil && $0.isRun(of: step) } ?? false
    if let last, last.isHalfApplied {
      try requireSameStart(last, step, sections)
      begun.section = last.section
      begun.statement = last.statement
      begun.position = last.position
    }
    if previousRunWasInterrupted, let last { try requireSameStatement(last, step, sections) }
    guard let next = sections.dropFirst(begun.section).first, !next.runsInTransaction || next.batchRows != nil else {
      return begun
    }
    let entry = begun
    let logged = try transaction { () throws(MetaxyError) in
      var entry = entry
      try requirePosition(&entry)
      try log.write(&entry, connection)
      return entry
    }
    hasBookkeeping = true
    return logged
  }

  /// Requires that the applied part of a partially applied revision is unchanged in the file.
  private func requireSameStart(
    _ last: RevisionLog.Entry, _ step: RunStep, _ sections: [RevisionSection]
  ) throws(MetaxyError) {
    guard last.isRun(of: step) else { throw .halfApplied(last, current: current) }
    let applied = try RevisionFile(parsing: last.script, path: step.file.path, lexicons: lexicons)
      .sections(step.direction, dialect: dialect.name)
    guard Self.done(last, in: applied) == Self.done(last, in: sections) else {
      throw .editedWhileHalfApplied(step.file, sections: last.section, statements: last.begunStatements)
    }
  }

  /// Requires that the statement outside transactions in which a run was killed has left nothing, if it was edited since: what it
  /// left could pass for the result of the new one. An unfinished result is removed.
  private func requireSameStatement(
    _ last: RevisionLog.Entry, _ step: RunStep, _ sections: [RevisionSection]
  ) throws(MetaxyError) {
    func statement(_ sections: [RevisionSection]) -> RevisionStatement? {
      guard sections.indices.contains(last.section), !sections[last.section].runsInTransaction else { return nil }
      return sections[last.section].statements.dropFirst(last.statement).first
    }
    let logged = try RevisionFile(parsing: last.script, path: step.file.path, lexicons: lexicons)
      .sections(step.direction, dialect: dialect.name)
    // A statement that failed has left nothing.
    guard last.error == nil, let begun = statement(logged), begun.sql != statement(sections)?.sql else { return }
    let tokens = try begun.tokens(for: dialect.name, lexicon: dialect.lexicon)
    guard try !dialect.isAlreadyApplied(tokens, connection) else {
      throw .editedWhileHalfApplied(step.file, sections: last.section, statements: last.statement + 1)
    }
    try dialect.cleanUpPartial(of: tokens, connection)
  }

  /// Returns the statements that a run has completed or begun: those of whole sections, and the first ones of a section
  /// without a transaction or in batches.
  private static func done(_ entry: RevisionLog.Entry, in sections: [RevisionSection]) -> [[String]] {
    let texts = sections.map { $0.statements.map(\.sql) }
    return Array(texts.prefix(entry.section))
      + texts.dropFirst(entry.section).prefix(1).map {
        Array($0.prefix(entry.begunStatements))
      }
  }
}

extension RevisionLog.Entry {
  /// Returns whether the entry is of a run of this step.
  func isRun(of step: RunStep) -> Bool { revision == step.file.revision && direction == step.direction.rawValue }
}
