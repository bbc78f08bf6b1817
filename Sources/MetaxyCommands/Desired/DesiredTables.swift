internal import MetaxyConfiguration
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema

/// The desired tables of the user environment: those of the features and those of SQL files.
struct DesiredTables {
  private let environment: EnvironmentContext
  private let files: EntrypointFiles
  /// The features, with their tables.
  let features: FeatureSource

  /// - Throws: `invalid_features` with all problems; `invalid_entrypoints` if no entrypoint is for the store's engine.
  init(_ environment: EnvironmentContext) throws(MetaxyError) {
    let session = environment.session
    self.environment = environment
    files = try session.project.sourceFiles()
    guard !(files.sql(for: session.store.url.dialect).isEmpty && files.swift.isEmpty && files.json.isEmpty) else {
      throw .noEntrypointServes(session.store.url.dialect.rawValue, files.sql.map(session.project.displayPath))
    }
    features = try FeatureSource.load(
      session.project, files, reservedTables: environment.bookkeepingTables, session.context
    )
  }

  /// Returns the desired schema for the store's engine.
  ///
  /// - Throws: `invalid_tables` with all problems.
  func load() throws(MetaxyError) -> DesiredSchema {
    let dialect = environment.session.store.url.dialect
    return try tables(
      of: files.sql(for: dialect), on: environment.database, besides: features.desired(on: environment.dialect))
  }

  /// Returns the desired schema of another dialect; nil if it is the same as that of the store's dialect. It differs with
  /// other SQL files, or if it has schemas and the store's engine has none.
  ///
  /// - Throws: `no_scratch` if there is no database to run that dialect's files.
  func load(for dialect: StoreDialect) throws(MetaxyError) -> DesiredSchema? {
    let session = environment.session
    let sql = files.sql(for: dialect)
    guard sql != files.sql(for: session.store.url.dialect) || features.namesSchemas else { return nil }
    let desired = try features.desired(on: session.context.dialect(dialect))
    guard !sql.isEmpty else { return desired }
    guard let database = Engines.scratch(of: dialect, in: session.project, session.context.engineOptions) else {
      throw .noScratchFor(dialect.rawValue, sql.map(session.project.displayPath))
    }
    return try tables(of: sql, on: database, besides: desired)
  }

  private func tables(
    of sql: [String], on database: any Database, besides features: DesiredSchema
  ) throws(MetaxyError) -> DesiredSchema {
    guard !sql.isEmpty else { return features }
    let context = environment.session.context
    let plain = try SQLEntrypointTables(
      database: database, policy: environment.policy, displayPath: environment.session.project.displayPath,
      report: context.report
    ).load(sql)
    var desired = features
    let problems = desired.merge(plain)
    guard problems.isEmpty else { throw .invalidTables(problems) }
    return desired
  }
}
