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
