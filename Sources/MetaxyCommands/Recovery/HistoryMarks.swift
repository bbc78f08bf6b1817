internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

/// What a database has of each revision.
struct HistoryMarks {
  /// The revisions as the database needs them, see ``EnvironmentContext/positioned(_:)``.
  let environment: EnvironmentContext
  let current: Set<String>
  private let applied: Set<String>
  private let edited: Set<String>
  private let halfApplied: String?

  /// Nil if the database could not be queried, which is reported: the files alone have the history too.
  init?(ifKnown environment: EnvironmentContext) {
    do {
      let connection = try environment.database.openForReading()
      let environment = try environment.positioned(connection)
      let state = try environment.readingState(connection)
      environment.warnOfUnknown(state)
      self.environment = environment
      current = state.rows
      applied = Set(try environment.revisions.graph.applied(state.current)).subtracting(state.missing)
      edited = Set(try environment.editedRevisions(state).map(\.file.revision))
      halfApplied = try HalfAppliedRun(environment, state.log, connection)?.revision
    } catch {
      environment.session.context.report(.warning("cannot read the current revisions: \(error.message)"))
      return nil
    }
  }

  func state(of revision: String) -> RevisionItem.State {
    RevisionItem.State(
      isApplied: applied.contains(revision), isHalfApplied: halfApplied == revision,
      isEdited: edited.contains(revision))
  }
}
