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

  /// The dialect of the store, and the others of the project.
  private var dialects: [StoreDialect] {
    let own = store.url.dialect
    return [own] + project.migrations.dialects.filter { $0 != own }
  }

  func run(_ report: inout CheckReport) throws(MetaxyError) {
    var rest = dialects
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
    let scratch = try session.database.scratch()
    let connection = scratch.connection
    do throws(MetaxyError) {
      try run(own, connection)
    } catch {
      guard !error.isInterruption else { throw error }
      report.offline?.note(OfflineResult.Failure(error, on: .sqlite))
      return nil
    }
    report.offline?.note(.statements, of: .sqlite)
    return try EnvironmentComparison(
      environment: own, state: try own.readingState(connection), connection: connection
    ).differences(besides: [], .none)
  }

  private func run(_ environment: EnvironmentContext, _ connection: any Connection) throws(MetaxyError) {
    let runner = Runner(
      database: environment.database, connection: connection, environment: environment.runnerEnvironment,
      allowsLoss: true, toolVersion: ToolVersion.current, lexicons: environment.session.lexicons)
    let plan = try environment.revisions.graph.plan(upgradeTo: "heads", current: [])
    try runner.run(
      plan.steps.compactMap { step in environment.revisions[step.revision].map { RunStep($0, step) } }
    ) { _ in }
  }
}
