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

/// A scratch database in which revisions of an environment run, with the runner of real databases.
final class ScratchRun {
  let database: any Database
  let connection: any Connection
  /// The rows of the version table.
  private(set) var rows: Set<String> = []
  var dialect: any Dialect { database.dialect }
  private let session: any ScratchSession
  private let runner: Runner
  private let bookkeeping: Set<TableName>

  /// - Throws: `no_scratch`, and other errors that mean that there is no scratch database.
  init(_ environment: EnvironmentContext, on database: any Database) throws(MetaxyError) {
    session = try database.scratch()
    guard session.commitsTransactions else { throw .noScratchForRevisions() }
    session.discardNotices()
    try session.enforceForeignKeys()
    self.database = database
    connection = session.connection
    runner = Runner(
      database: database, connection: connection,
      environment: RunnerEnvironment(
        versionTable: TableName(environment.environment.versionTable), policy: environment.policy),
      allowsLoss: true, toolVersion: ToolVersion.current, lexicons: environment.session.lexicons)
    bookkeeping = Set(environment.bookkeepingTables.map { database.dialect.folded(TableName($0.name)) })
  }

  /// Returns the database of an engine whose scratch databases a project can use; nil if it has none.
  static func database(of name: StoreDialect, in session: ProjectSession) -> (any Database)? {
    name.rawValue == session.database.dialect.name
      ? session.database : Engines.scratch(of: name, in: session.project, session.context.engineOptions)
  }

  func run(_ steps: [RunStep]) throws(MetaxyError) {
    try runner.run(steps) { _ in }
    if let last = steps.last { rows = last.after }
  }

  /// Reads what the database has, except the version and log tables.
  func catalog() throws(MetaxyError) -> LiveSchema {
    try database.introspect(connection) { [bookkeeping, dialect] table in
      bookkeeping.contains(dialect.folded(TableName(table.name)))
    }
  }

  /// Compares catalogs. PostgreSQL prints some expressions in another form after they were created from their printed form,
  /// so what differs is compared again with such a form.
  ///
  /// - Parameter describe: returns the text of an operation that is missing from `found`.
  func differences(
    of found: LiveSchema, from expected: LiveSchema, describe: (MigrationOperation) -> String = { $0.description }
  ) throws(MetaxyError) -> [String] {
    let comparison = CatalogComparison(dialect: dialect)
    let differences = comparison.differences(found, expected, describe: describe)
    guard !differences.isEmpty else { return [] }
    let other = try database.normalised(found, to: expected.definition, connection).schema
    guard !comparison.differences(other, expected).isEmpty else { return [] }
    let wanted = try database.normalised(expected, to: found.definition, connection).schema
    return comparison.differences(found, wanted).isEmpty ? [] : differences
  }
}

extension MetaxyError {
  fileprivate static func noScratchForRevisions() -> MetaxyError {
    MetaxyError(
      .noScratch, "the scratch database at `scratch_url` is rolled back as a whole, so no revision can run in it",
      hints: ["a role that may create databases gets temporary ones there"])
  }
}
