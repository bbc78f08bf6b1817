internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyTime

// The start of a run: in the log, and at the section where an interrupted run stopped.
extension Runner {
  /// Logs the start of a run, or resumes the interrupted one.
  func begin(_ step: RunStep, _ sections: [RevisionSection]) throws(MetaxyError) -> RevisionLog.Entry {
    try transaction { () throws(MetaxyError) in
      try versions.createIfMissing(connection)
      try log.createIfMissing(connection)
      try requireVersion()
      var entry = RevisionLog.Entry(
        id: 0, revision: step.file.revision, direction: step.direction.rawValue, startedAt: Timestamp().text,
        checksum: try step.file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: step.file.rendered(),
        snapshotVersion: step.file.snapshot, toolVersion: toolVersion)
      let last = try log.last(connection, isComplete: true)
      previousRunWasInterrupted = last.map { $0.finishedAt == nil && $0.isRun(of: step) } ?? false
      if let last, last.isHalfApplied {
        try requireSameStart(last, step, sections)
        entry.section = last.section
        entry.statement = last.statement
        entry.position = last.position
      }
      return try log.add(entry, connection)
    }
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
