internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema

/// What a project asks for in the user environment: the tables of its features and those that its SQL defines.
struct DesiredTables {
  private let environment: EnvironmentWorkspace
  private let files: EntrypointFiles
  /// The features, and what they alone ask for.
  let features: FeatureSource

  /// - Throws: `invalid_features` with every problem there is; `invalid_entrypoints` where none of the entrypoints is for the
  ///   store's engine.
  init(_ environment: EnvironmentWorkspace) throws(MetaxyError) {
    let workspace = environment.workspace
    self.environment = environment
    files = try workspace.project.sourceFiles()
    guard !(files.sql(for: workspace.store.url.dialect).isEmpty && files.swift.isEmpty && files.json.isEmpty) else {
      throw .noEntrypointServes(workspace.store.url.dialect.rawValue, files.sql.map(workspace.project.shown))
    }
    features = try FeatureSource.load(
      workspace.project, files, reservedNames: environment.bookkeeping, workspace.context
    )
  }

  /// What is asked for on the engine of the store.
  ///
  /// - Throws: `invalid_tables` with every problem there is.
  func load() throws(MetaxyError) -> DesiredSchema {
    let dialect = environment.workspace.store.url.dialect
    return try tables(of: files.sql(for: dialect), on: environment.database, besides: features.desired(on: dialect))
  }

  /// What is asked for on another dialect, of which other files speak than of the store's, or which has schemas where the
  /// store has none; nil where it is the same.
  ///
  /// - Throws: `no_scratch` where there is no database in which that dialect's files can be tried out.
  func load(for dialect: StoreDialect) throws(MetaxyError) -> DesiredSchema? {
    let workspace = environment.workspace
    let sql = files.sql(for: dialect)
    guard sql != files.sql(for: workspace.store.url.dialect) || features.namesSchemas else { return nil }
    let desired = try features.desired(on: dialect)
    guard !sql.isEmpty else { return desired }
    guard let database = Engines.scratch(of: dialect, in: workspace.project, workspace.context) else {
      throw .noScratchFor(dialect.rawValue, sql.map(workspace.project.shown))
    }
    return try tables(of: sql, on: database, besides: desired)
  }

  private func tables(
    of sql: [String], on database: any Database, besides features: DesiredSchema
  ) throws(MetaxyError) -> DesiredSchema {
    guard !sql.isEmpty else { return features }
    let context = environment.workspace.context
    let plain = try PlainTables(
      database: database, policy: environment.policy, shown: environment.workspace.project.shown,
      narrate: context.narrate
    ).load(sql)
    var desired = features
    let problems = desired.merge(plain)
    guard problems.isEmpty else { throw .invalidTables(problems) }
    return desired
  }
}
