internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPage
internal import MetaxyRuntime

/// What databases have of a project.
struct PageState {
  private let files: PageFiles

  /// The number of runs that are listed for an environment.
  private static let shownRuns = 10

  init(_ files: PageFiles) { self.files = files }

  /// Returns the state of a store, or why it is not known: an unreachable store must not hide the others.
  ///
  /// - Throws: only interruptions.
  func store(_ member: PageSource.Session) throws(MetaxyError) -> PageStore {
    let session = member.session
    var store = PageStore(name: session.store.name, database: session.store.url.redacted)
    do throws(MetaxyError) {
      let connection = try session.database.openForReading()
      for environment in member.environments { store.environments.append(try state(of: environment, connection)) }
      if !session.database.exists, !store.environments.isEmpty {
        store.environments[0].notes.append("There is no database yet.")
      }
    } catch {
      guard !error.isInterruption else { throw error }
      store.environments = []
      store.error = error.completed(for: session.context.invocation).pageText
    }
    return store
  }

  /// Returns what the revision files alone make of an empty database.
  func offline() throws(MetaxyError) -> PageStore {
    var store = PageStore(name: "revision files", database: "")
    for place in files.places {
      var report = CheckReport(of: place.environment.session)
      report.offline = OfflineResult()
      try OfflineCheck(place.environment).run(&report)
      store.environments.append(environment(named: place.name, report))
    }
    return store
  }

  private func state(
    of environment: EnvironmentContext, _ connection: any Connection
  ) throws(MetaxyError) -> PageStore.Environment {
    var report = CheckReport(of: environment.session)
    try Commands.add(environment, to: &report, connection)
    var result = self.environment(named: files.name(of: environment), report)
    let state = try environment.positioned(connection).readingState(connection)
    result.current = state.rows.sorted() + state.unknown.map(\.revision)
    result.runs = state.log.suffix(Self.shownRuns).reversed().map { entry in
      PageStore.Run(
        revision: entry.revision, direction: entry.direction, startedAt: String(entry.startedAt.prefix(19)),
        author: entry.runBy,
        outcome: entry.error.map { "failed: \($0)" } ?? (entry.finishedAt == nil ? "did not finish" : "finished"),
        hasFailed: entry.error != nil || entry.finishedAt == nil)
    }
    return result
  }

  private func environment(named name: String, _ report: CheckReport) -> PageStore.Environment {
    var result = PageStore.Environment(name: name)
    result.pending = report.pendingRevisions
    result.unmergedHeads = report.unmergedHeads
    result.isInSync = report.isInSync
    // What the next revision would undo is listed once, as what was done.
    result.differences = report.differences.filter { !$0.isDrift }.map { difference in
      PageStore.Difference(
        Wording.change(difference.operation, from: difference.database, to: difference.definition),
        table: difference.table, source: difference.source.map { "\($0.file):\($0.line)" },
        remark: difference.dialect ?? difference.state?.rawValue)
    }
    result.drift = report.drift.map { drift in
      PageStore.Difference(
        Wording.change(drift.operation, from: drift.revisions, to: drift.database), table: drift.table)
    }
    result.problems =
      report.halfApplied.map(\.line) + report.unknown.map(\.line) + report.inserted.lines
      + report.edited.map { "the file of revision \($0.revision) was edited after it was applied" }
      + (report.offline?.failures.map(\.line) ?? [])
    if let offline = report.offline {
      result.notes = ["compared: \(offline.methodText)"] + offline.notCompared.map { "not compared: \($0)" }
    }
    return result
  }
}
