internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Reports the state of every store and environment.
  ///
  /// - Parameter countingRows: whether the rows of every feature are counted.
  package static func status(
    _ context: CommandContext, countingRows: Bool = false
  ) throws(MetaxyError) -> StatusReport {
    let project = try Project.load(context)
    for warning in project.warnings { context.report(.warning(warning)) }
    let stores = context.overrides.store == nil ? project.configuration.stores : [try project.store()]
    guard !stores.isEmpty else { _ = try project.store(); return StatusReport(stores: []) }
    return StatusReport(
      stores: try stores.map { store throws(MetaxyError) in
        try status(of: store, project, context, countingRows: countingRows)
      })
  }

  /// Returns the state of one store.
  private static func status(
    _ store: Store, _ project: Project, _ context: CommandContext, countingRows: Bool
  ) throws(MetaxyError) -> StatusReport.Store {
    let session = try ProjectSession(context, project, store)
    let connection = try session.database.openForReading()
    let parts = try project.environments(for: store).filter(\.isInitialised).map { environment throws(MetaxyError) in
      try part(EnvironmentContext(environment, in: session).positioned(connection), connection)
    }
    return StatusReport.Store(
      name: store.name, database: store.url.redacted, parts: parts,
      features: countingRows ? try FeatureRows.all(in: session, connection) : nil)
  }

  /// Returns the state of one store; an unreachable store must not hide the others.
  private static func status(
    of store: Store, _ project: Project, _ context: CommandContext, countingRows: Bool
  ) throws(MetaxyError) -> StatusReport.Store {
    do {
      return try status(store, project, context, countingRows: countingRows)
    } catch {
      guard !error.isInterruption else { throw error }
      return StatusReport.Store(
        name: store.name, database: store.url.redacted, parts: [],
        error: ([error.message] + error.diagnostics.map(\.description)).joined(separator: "\n"))
    }
  }

  private static func part(
    _ environment: EnvironmentContext, _ connection: any Connection
  ) throws(MetaxyError) -> StatusReport.Part {
    let state = try environment.readingState(connection)
    let pending = try environment.pending(state)
    let edited = try environment.warnOfEdits(state)
    let comparison = EnvironmentComparison(environment: environment, state: state, connection: connection)
    return StatusReport.Part(
      environment: environment.kind.rawValue,
      directory: environment.session.project.displayPath(environment.environment.directory),
      versionTable: environment.environment.versionTable,
      current: state.rows.sorted() + state.unknown.map(\.revision),
      heads: environment.revisions.graph.heads, pending: pending.map(\.revision),
      inserted: try InsertedRevisions(environment, state).find(among: pending).map(InsertedItem.init),
      differences: try comparison.differences(besides: pending).count,
      lastRun: state.log.last.map {
        StatusReport.LastRun(
          revision: $0.revision, direction: $0.direction, startedAt: $0.startedAt, finishedAt: $0.finishedAt,
          error: $0.error)
      },
      halfApplied: try HalfAppliedRun(environment, state.log, connection).map { HalfAppliedItem($0, in: environment) },
      unknown: state.unknown, edited: edited.map(\.file.revision))
  }
}
