package import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

extension Commands {
  /// Compares the database with the desired schema.
  ///
  /// - Parameter requiresVerified: whether a revision without a proof counts as a difference.
  package static func check(
    _ context: CommandContext, requiresVerified: Bool = false
  ) throws(MetaxyError) -> CheckReport {
    let session = try ProjectSession(context)
    var report = CheckReport(of: session)
    report.requiresVerified = requiresVerified
    let connection = try session.database.openForReading()
    if !session.database.exists {
      context.note("there is no database at `\(session.database.displayName)` yet; \(.upgrade()) creates it")
    }
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in try add(environment, to: &report, connection) }
    }
    return report
  }

  /// Adds the state of an environment to a report.
  static func add(
    _ environment: EnvironmentContext, to report: inout CheckReport, _ connection: any Connection
  ) throws(MetaxyError) {
    let environment = try environment.positioned(connection)
    let state = try environment.readingState(connection)
    if let run = try HalfAppliedRun(environment, state.log, connection) {
      report.halfApplied.append(HalfAppliedItem(run, in: environment))
    }
    report.unknown += state.unknown
    let pending = try environment.pending(state)
    report.edited += try environment.warnOfEdits(state).map { EditedItem($0, in: environment) }
    let found = try EnvironmentComparison(environment: environment, state: state, connection: connection)
      .differences(besides: pending)
    try report.add(found, pending, in: environment)
    let session = environment.session
    try report.addUnverified(of: environment)
    if let features = found.features, let registry = try RegistryFile(of: session.project) {
      report.differences += try registry.differences(from: features, session.context)
    }
    report.pendingRevisions += pending.map(\.revision)
    for file in pending { report.upgrades[file.revision] = .upgrade().completed(for: environment.invocation) }
    report.inserted += try InsertedRevisions(environment, state).find(among: pending).map(InsertedItem.init)
    try report.addHeads(of: environment, state)
  }
}

extension CheckReport {
  /// Adds the revisions of an environment that have no proof, and warns of them.
  mutating func addUnverified(of environment: EnvironmentContext) throws(MetaxyError) {
    let found = try environment.unverified()
    unverified += found
    for revision in found { proofs[revision] = .verify(revision).completed(for: environment.invocation) }
    environment.warn(ofUnverified: found)
  }

  /// Adds the heads of an environment, and how those that no revision joins can be joined.
  mutating func addHeads(of environment: EnvironmentContext, _ state: EnvironmentState) throws(MetaxyError) {
    for file in environment.revisions.revisions { revisionPaths[file.revision] = file.path }
    heads += environment.revisions.graph.heads
    let unmerged = environment.revisions.graph.unmergedHeads
    unmergedHeads += unmerged
    guard !unmerged.isEmpty else { return }
    mergeHints.append("\(.merge(unmerged).completed(for: environment.invocation)) joins them")
    do throws(MetaxyError) {
      let plan = try RebasePlan.make(environment, state)
      if plan.obstacle == nil {
        let rebase = SuggestedCommand.rebase(plan.root.revision, onto: plan.parent).completed(
          for: environment.invocation)
        mergeHints.append("or \(rebase) puts it after the other")
      }
    } catch  where error.code == .cannotRebase {
      // More than two heads: which one moves is not determined.
    }
  }
}
