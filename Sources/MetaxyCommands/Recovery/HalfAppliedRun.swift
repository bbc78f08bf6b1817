internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL

/// A run of a revision that was interrupted, as the log and the catalog show it.
struct HalfAppliedRun {
  /// The last entry of the log: the interrupted run itself, or its undoing, which was interrupted too.
  let entry: RevisionLog.Entry
  /// The entry of the interrupted run.
  let origin: RevisionLog.Entry
  let direction: RevisionDirection
  /// The revision as its file is now; nil if that is gone.
  let file: RevisionFile?
  /// The revision as it was when the run began.
  let logged: RevisionFile
  /// The indexes that an unfinished statement left, for display.
  let invalidIndexes: [String]

  /// Whether an undoing has begun, after which the interrupted run cannot be resumed.
  var isBeingUndone: Bool { entry.isUndo }
  var revision: String { entry.revision }

  /// Returns nil if the last run finished, or left nothing.
  init?(
    _ environment: EnvironmentContext, _ log: [RevisionLog.Entry], _ connection: any Connection
  ) throws(MetaxyError) {
    guard let last = log.last, last.finishedAt == nil else { return nil }
    let origin = last.isUndo ? log.last { $0.revision == last.revision && !$0.isUndo } ?? last : last
    guard let direction = RevisionDirection(rawValue: origin.direction) else { return nil }
    entry = last
    self.origin = origin
    self.direction = direction
    file = environment.revisions[last.revision]
    logged = try RevisionFile(
      parsing: origin.script, path: file?.path ?? "the log", lexicons: environment.session.lexicons)
    let dialect = environment.dialect
    let next = Self.statementAlone(last, logged.sections(direction, dialect: dialect.name))
    let tokens = try next.map { statement throws(MetaxyError) in
      try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    }
    invalidIndexes =
      try tokens.map { tokens throws(MetaxyError) in
        try dialect.partialResults(of: tokens, connection)
      } ?? []
    guard !last.isHalfApplied, invalidIndexes.isEmpty else { return }
    // A process can end between a statement outside transactions and its log entry.
    let isDone = try tokens.map { tokens throws(MetaxyError) in try dialect.isAlreadyApplied(tokens, connection) }
    guard isDone == true else { return nil }
  }

  /// The statement outside a transaction that a run had begun, if it was in such a section.
  private static func statementAlone(
    _ entry: RevisionLog.Entry, _ sections: [RevisionSection]
  ) -> RevisionStatement? {
    guard !entry.isUndo, sections.indices.contains(entry.section), !sections[entry.section].runsInTransaction,
      sections[entry.section].statements.indices.contains(entry.statement)
    else { return nil }
    return sections[entry.section].statements[entry.statement]
  }

  /// The command that finishes it.
  var forward: SuggestedCommand { origin.finishing }
  /// The command that undoes it.
  var back: SuggestedCommand { origin.undoing }

  /// Whether a run in this direction must undo it first, because it cannot resume it.
  func mustBeUndone(before direction: RevisionDirection) -> Bool { isBeingUndone || direction != self.direction }
}

extension RevisionDirection {
  var opposite: RevisionDirection { self == .upgrade ? .downgrade : .upgrade }
}
