internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The proof that a baseline leaves what the revisions leave that it replaces: both run in a scratch database, and their
/// catalogs are compared.
struct SquashProof {
  private let environment: EnvironmentContext
  private let database: any Database
  private var dialect: any Dialect { database.dialect }
  private let expected: LiveSchema
  private let rows: [TableName: Int64]

  /// Runs the revisions of the range; nil if there is no scratch database of the dialect in which revisions can run.
  init?(_ environment: EnvironmentContext, _ name: StoreDialect, _ files: [RevisionFile]) throws(MetaxyError) {
    let session = environment.session
    let database =
      name.rawValue == environment.dialect.name
      ? session.database : Engines.scratch(of: name, in: session.project, session.context.engineOptions)
    guard let database else { return nil }
    self.environment = environment
    self.database = database
    do throws(MetaxyError) {
      (expected, rows) = try Self.run(files, environment, database)
    } catch  where error.meansNoScratch {
      return nil
    }
  }

  /// Returns how the result of a baseline differs; none if both are equal.
  func differences(of baseline: RevisionFile) throws(MetaxyError) -> [String] {
    let (found, foundRows) = try Self.run([baseline], environment, database)
    func operations(_ from: LiveSchema, _ to: LiveSchema) -> [String] {
      dialect.operations(from: RenamedSchema(from), to: to.definition.specifyingSettings).map(\.description)
    }
    var differences = operations(found, expected) + operations(expected, found)
    if found.dependents != expected.dependents || found.unmanaged != expected.unmanaged {
      differences.append("triggers, views or other objects that depend on tables")
    }
    if found.definition.materializedViews != expected.definition.materializedViews {
      differences.append("materialized views")
    }
    for table in Set(rows.keys).union(foundRows.keys).sorted() where rows[table] != foundRows[table] {
      differences.append("the number of rows of `\(table)`")
    }
    return differences.uniqued
  }

  private static func run(
    _ files: [RevisionFile], _ environment: EnvironmentContext, _ database: any Database
  ) throws(MetaxyError) -> (LiveSchema, [TableName: Int64]) {
    let directory = try RevisionDirectory(files: files)
    let session = try database.scratch()
    guard session.commitsTransactions else { throw .noScratchForRevisions() }
    let name = environment.environment.versionTable
    let runner = Runner(
      database: database, connection: session.connection,
      environment: RunnerEnvironment(versionTable: TableName(name), policy: environment.policy), allowsLoss: true,
      toolVersion: ToolVersion.current, lexicons: environment.session.lexicons)
    let plan = try directory.graph.plan(upgradeTo: "heads", current: [])
    let steps = plan.steps.compactMap { step in directory[step.revision].map { RunStep($0, step) } }
    try runner.run(steps) { _ in }
    let own = Set(environment.bookkeepingTables.map { database.dialect.folded(TableName($0.name)) })
    func isOwn(_ table: TableName) -> Bool { own.contains(database.dialect.folded(TableName(table.name))) }
    let live = try database.introspect(session.connection, without: isOwn)
    var rows: [TableName: Int64] = [:]
    for table in live.definition.sorted {
      let text = "SELECT count(*) FROM \(SQLWriter(database.dialect).name(table.name))"
      rows[table.name] = try session.connection.query(text).first?.first?.integer ?? 0
    }
    return (live, rows)
  }
}

extension MetaxyError {
  fileprivate static func noScratchForRevisions() -> MetaxyError {
    MetaxyError(
      .noScratch, "the scratch database at `scratch_url` is rolled back as a whole, so no revision can run in it",
      hints: ["a role that may create databases gets temporary ones there"])
  }
}
