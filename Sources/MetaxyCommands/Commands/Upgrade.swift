internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyProject
package import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Upgrades to `target`.
  ///
  /// - Parameters:
  ///   - allowsLoss: whether operations that lose data are allowed.
  ///   - allowsDrift: whether tables that are not as the applied revisions left them are allowed.
  ///   - backsUp: whether the database is copied before its first change.
  package static func upgrade(
    _ context: CommandContext, target: String, allowsLoss: Bool, allowsDrift: Bool = false, backsUp: Bool
  ) throws(MetaxyError) -> RunReport {
    let session = try ProjectSession(context)
    try session.refuseSharedTables01()
    return try MigrationRun(
      session: session, direction: .upgrade, target: target, allowsLoss: allowsLoss, allowsDrift: allowsDrift,
      backsUp: backsUp
    ).run()
  }

  /// Downgrades to `target`.
  ///
  /// - Parameters: as for ``upgrade(_:target:allowsLoss:allowsDrift:backsUp:)``.
  package static func downgrade(
    _ context: CommandContext, target: String, allowsLoss: Bool, backsUp: Bool
  ) throws(MetaxyError) -> RunReport {
    let session = try ProjectSession(context)
    return try MigrationRun(
      session: session, direction: .downgrade, target: target, allowsLoss: allowsLoss, allowsDrift: true,
      backsUp: backsUp
    ).run()
  }
}

/// What an upgrade or a downgrade would run.
extension Commands {
  /// Returns the revisions that a run to `target` would run from where the database is, and why it would be refused; changes
  /// nothing.
  package static func dryRun(
    _ context: CommandContext, _ direction: RevisionDirection, target: String, allowsLoss: Bool,
    allowsDrift: Bool = false
  ) throws(MetaxyError) -> DryRunReport {
    let session = try ProjectSession(context)
    return try MigrationRun(
      session: session, direction: direction, target: target, allowsLoss: allowsLoss, allowsDrift: allowsDrift,
      backsUp: false
    ).rehearse()
  }
}

/// An upgrade or a downgrade of one store, under its lock.
struct MigrationRun {
  let session: ProjectSession
  let direction: RevisionDirection
  let target: String
  let allowsLoss: Bool
  let allowsDrift: Bool
  let backsUp: Bool

  func run() throws(MetaxyError) -> RunReport {
    // The system's tables are upgraded before those of the user, and downgraded after them.
    let environments = try direction == .upgrade ? session.environments() : session.environments().reversed()
    guard direction == .upgrade || session.database.exists else { throw .noDatabase(session.database.displayName) }
    // A database that does not exist needs no backup.
    var needsBackup = backsUp && session.database.exists
    if !session.database.exists { try rehearse(environments) }
    let lock = try session.lockDatabase()
    defer { lock.release() }
    let connection = try session.database.openForWriting(under: lock)
    // What one environment refuses must not leave the other changed.
    if environments.count > 1 {
      for part in try rehearse(environments, connection).parts { if let refusal = part.refusal { throw refusal } }
    }
    var report = RunReport(parts: [], idleText: "nothing to do")
    for environment in environments {
      report.parts.append(
        try environment.completingHints { () throws(MetaxyError) in try run(environment, connection, &needsBackup) })
    }
    if direction == .upgrade { UnrecordedGraph(session).report(connection) }
    return report
  }

  /// Returns what ``run()`` would do.
  func rehearse() throws(MetaxyError) -> DryRunReport {
    let environments = try direction == .upgrade ? session.environments() : session.environments().reversed()
    return try rehearse(environments, session.database.openForReading(), warns: true)
  }

  private func rehearse(
    _ environments: [EnvironmentContext], _ connection: any Connection, warns: Bool = false
  ) throws(MetaxyError) -> DryRunReport {
    var report = DryRunReport(parts: [])
    for environment in environments {
      report.parts.append(
        try environment.completingHints { () throws(MetaxyError) in
          let environment = try environment.positioned(connection).reaching(target)
          let state = try environment.state(connection)
          let interrupted = try HalfAppliedRun(environment, state.log, connection)
          let plan = try plan(environment.revisions.graph, state, after: interrupted)
          if warns { try environment.warnOfEdits(state) }
          let reversal = try reversal(of: interrupted, environment, state, connection)
          let planned = environment.revisions.steps(of: plan)
          let steps = [reversal?.step].compactMap(\.self) + planned
          var part = DryRunReport.Part(environment, plan, steps)
          do throws(MetaxyError) {
            try requireAnyOrder(of: planned, environment, state)
            try requireNoDrift(before: planned, environment, state, connection)
            if !steps.isEmpty { try runner(environment, connection).rehearse(steps) }
          } catch {
            guard !error.isInterruption, !error.isConnectionLoss else { throw error }
            part.refusal = error.completed(for: environment.invocation)
          }
          return part
        })
    }
    return report
  }

  private func runner(_ environment: EnvironmentContext, _ connection: any Connection) -> Runner {
    Runner(
      database: environment.database, connection: connection, environment: environment.runnerEnvironment,
      allowsLoss: allowsLoss, toolVersion: ToolVersion.current, lexicons: session.lexicons)
  }

  /// Detects errors before a database is created.
  private func rehearse(_ environments: [EnvironmentContext]) throws(MetaxyError) {
    let empty = try session.database.openForReading()
    let upgradesSystem = environments.contains { $0.kind == .system }
    for environment in environments {
      if environment.kind == .user, !upgradesSystem { try requireSystemFirst(empty) }
      _ = try plan(
        environment.revisions.graph, EnvironmentState(current: [], log: [], missing: []), after: nil)
    }
  }

  private func run(
    _ environment: EnvironmentContext, _ connection: any Connection, _ needsBackup: inout Bool
  ) throws(MetaxyError) -> RunReport.Part {
    if direction == .upgrade, environment.kind == .user { try requireSystemFirst(connection) }
    let environment = try environment.positioned(connection).reaching(target)
    let state = try environment.state(connection)
    let interrupted = try HalfAppliedRun(environment, state.log, connection)
    let plan = try plan(environment.revisions.graph, state, after: interrupted)
    try environment.warnOfEdits(state)
    var applied: [AppliedRevision] = []
    let runner = runner(environment, connection)
    let report = session.context.report
    runner.observe = { report(.statement($0)) }
    let steps = environment.revisions.steps(of: plan)
    try requireAnyOrder(of: steps, environment, state)
    try requireNoDrift(before: steps, environment, state, connection)
    func prepare() throws(MetaxyError) {
      guard needsBackup else { return }
      let place = try environment.database.backUp(connection, suffix: Backup.suffix(at: state.current))
      needsBackup = false
      session.context.report(.note("backed up to `\(place)`"))
    }
    func note(_ revision: AppliedRevision) {
      applied.append(revision)
      session.context.report(.applied(revision))
    }
    do {
      if let reversal = try reversal(of: interrupted, environment, state, connection) {
        try runner.undo(reversal, prepare: prepare, each: note)
      }
      try runner.run(steps, prepare: prepare, each: note)
    } catch {
      guard error.isConnectionLoss else { throw error }
      throw error.hinting(PositionAfterLoss(environment, lastKnown: runner.current).hint)
    }
    return RunReport.Part(environment: environment.kind.rawValue, from: plan.from, to: plan.to, applied: applied)
  }

  private func requireAnyOrder(
    of steps: [RunStep], _ environment: EnvironmentContext, _ state: EnvironmentState
  ) throws(MetaxyError) {
    guard direction == .upgrade else { return }
    try InsertedRevisions(environment, state).requireAnyOrder(of: steps.map(\.file))
  }

  private func requireNoDrift(
    before steps: [RunStep], _ environment: EnvironmentContext, _ state: EnvironmentState, _ connection: any Connection
  ) throws(MetaxyError) {
    guard direction == .upgrade, !allowsDrift else { return }
    try DriftCheck(environment, state, connection).run(steps)
  }

  /// Returns what undoes an interrupted run; nil if there is none, or if this run resumes it.
  private func reversal(
    of interrupted: HalfAppliedRun?, _ environment: EnvironmentContext, _ state: EnvironmentState,
    _ connection: any Connection
  ) throws(MetaxyError) -> Reversal? {
    guard let interrupted, interrupted.mustBeUndone(before: direction) else { return nil }
    return try interrupted.reversal(environment, state, connection)
  }

  private func plan(
    _ graph: RevisionGraph, _ state: EnvironmentState, after interrupted: HalfAppliedRun?
  ) throws(MetaxyError) -> RevisionPlan {
    switch direction {
    // An environment without revisions has no head and nothing to run.
    case .upgrade where graph.nodes.isEmpty && ["head", "heads"].contains(target):
      return .nothing(from: state.current)
    case .upgrade:
      return try graph.plan(upgradeTo: target, current: state.current, missing: state.missing)
    case .downgrade:
      return try graph.plan(
        downgradeTo: target, current: state.current, missing: state.missing,
        undoing: interrupted.flatMap { $0.direction == .upgrade ? $0.revision : nil },
        resuming: interrupted.flatMap { $0.direction == .downgrade && !$0.isBeingUndone ? $0.revision : nil })
    }
  }

  /// Requires the documented order of production: Metaxy's own tables are migrated before those of the features.
  private func requireSystemFirst(_ connection: any Connection) throws(MetaxyError) {
    guard session.project.hasSystemEnvironment else { return }
    let system = try session.project.environment(.system, for: session.store)
    guard system.isInitialised else { return }
    let opened = try EnvironmentContext(system, in: session).positioned(connection)
    let pending = try opened.pending(try opened.state(connection))
    guard pending.isEmpty else { throw .systemBehind(pending.map(\.revision), opened.invocation) }
  }
}
