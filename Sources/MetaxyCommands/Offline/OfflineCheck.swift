internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Whether the revision files of an environment alone give the desired schema on every dialect of the project.
///
/// On SQLite the revisions run in a database in memory, whose tables are compared like those of a store. For PostgreSQL their
/// records are compared; only `.sql` entrypoints need a server there, the one at `scratch_url`.
struct OfflineCheck {
  private let environment: EnvironmentContext
  private let project: Project
  private let store: Store

  init(_ environment: EnvironmentContext) {
    self.environment = environment
    project = environment.session.project.withoutServers
    store = environment.session.store
  }

  func run(_ report: inout CheckReport) throws(MetaxyError) {
    var rest = environment.session.dialects
    var parts: [DialectOperations] = []
    let replayed = rest.contains(.sqlite) ? try replay(&report) : nil
    if let replayed {
      rest.removeAll { $0 == .sqlite }
      parts.append(
        DialectOperations(dialect: environment.session.context.dialect(.sqlite), operations: replayed.operations))
    }
    let comparison = RecordComparison(environment, without: project, replayed?.features)
    let recorded = rest.isEmpty ? nil : try comparison.run(rest, &report)
    parts += recorded?.parts ?? []
    let own = store.url.dialect.rawValue
    let features = replayed?.features ?? recorded?.features
    try report.add(
      SchemaDifferences(
        operations: parts.first { $0.dialect.name == own }?.operations ?? [],
        others: parts.filter { $0.dialect.name != own }, drift: replayed?.drift ?? [],
        declared: replayed?.declared ?? [],
        desired: replayed?.desired ?? recorded?.desired ?? DesiredSchema(schema: Schema()), features: features),
      in: environment)
    let session = environment.session
    if let features, let registry = try RegistryFile(of: session.project) {
      report.differences += try registry.differences(from: features, session.context)
    }
    try report.addHeads(of: environment, EnvironmentState(current: [], log: [], missing: []))
  }

  /// Runs all revisions in memory, and compares the result; nil if one of them fails, which is reported.
  private func replay(_ report: inout CheckReport) throws(MetaxyError) -> SchemaDifferences? {
    let session = try ProjectSession(environment.session.context, project, store.inMemory)
    var place = environment.environment
    // SQLite has no schemas.
    place.versionTableSchema = nil
    let own = try EnvironmentContext(place, in: session, after: environment.invocation)
    let scratch = try ScratchRun(own, on: session.database)
    do throws(MetaxyError) {
      try scratch.run(own.revisions.steps(of: own.revisions.graph.plan(upgradeTo: "heads", current: [])))
    } catch {
      guard !error.isInterruption else { throw error }
      report.offline?.note(OfflineResult.Failure(error, on: .sqlite))
      return nil
    }
    report.offline?.note(.statements, of: .sqlite)
    return try EnvironmentComparison(
      environment: own, state: try own.readingState(scratch.connection), connection: scratch.connection,
      isReplay: true
    ).differences(besides: [], .none)
  }
}
