internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxyTime

// How a run begins: in the log, and where the one before it stopped.
extension Runner {
  /// Writes the start of a run into the log, or takes up the one that stopped halfway.
  func begin(_ step: RunStep, _ sections: [RevisionSection]) throws(MetaxyError) -> RevisionLog.Entry {
    try transaction { () throws(MetaxyError) in
      try versions.createIfMissing(connection)
      try log.createIfMissing(connection)
      try requireVersion()
      var entry = RevisionLog.Entry(
        id: 0, revision: step.file.revision, direction: step.direction.rawValue, startedAt: Timestamp().text,
        checksum: try step.file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: step.file.rendered(),
        snapshotVersion: step.file.snapshot, toolVersion: toolVersion)
      let last = try log.last(connection)
      previousRunWasInterrupted = last.map { $0.finishedAt == nil && $0.isRun(of: step) } ?? false
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
    guard last.isRun(of: step) else { throw .halfApplied(last) }
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
}

extension RevisionLog.Entry {
  /// Whether the entry tells of a run of this very step.
  func isRun(of step: RunStep) -> Bool { revision == step.file.revision && direction == step.direction.rawValue }
}
