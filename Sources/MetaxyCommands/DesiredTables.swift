internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema

/// What a project asks for in the user environment: the tables of its features and those that its SQL defines.
struct DesiredTables {
  private let environment: EnvironmentWorkspace
  private let files: EntrypointFiles

  init(_ environment: EnvironmentWorkspace) throws(MetaxyError) {
    self.environment = environment
    files = try environment.workspace.project.sourceFiles()
  }

  /// Returns the tables, and the features among what they come from.
  ///
  /// - Throws: `invalid_features`, `invalid_tables` with every problem there is; `invalid_entrypoints` where none of the
  ///   entrypoints is for the store's engine.
  func load() throws(MetaxyError) -> (desired: DesiredSchema, features: FeatureSource) {
    let workspace = environment.workspace
    let sql = files.sql(for: workspace.store.url.dialect)
    guard !(sql.isEmpty && files.swift.isEmpty && files.json.isEmpty) else {
      throw .noEntrypointServes(workspace.store.url.dialect.rawValue, files.sql.map(workspace.project.shown))
    }
    let features = try FeatureSource.load(
      workspace.project, files, reservedNames: environment.bookkeeping, workspace.context)
    var desired = features.desired
    guard !sql.isEmpty else { return (desired, features) }
    let plain = try PlainTables(
      database: workspace.database, policy: environment.policy, shown: workspace.project.shown,
      narrate: workspace.context.narrate
    ).load(sql)
    let problems = desired.merge(plain)
    guard problems.isEmpty else { throw .invalidTables(problems) }
    return (desired, features)
  }
}
