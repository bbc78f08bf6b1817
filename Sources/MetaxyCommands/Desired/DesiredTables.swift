internal import MetaxyConfiguration
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema

/// The desired tables of the user environment: those of the features and those of SQL files.
struct DesiredTables {
  private let environment: EnvironmentContext
  private let files: EntrypointFiles
  /// The features, with their tables.
  let features: FeatureSource

  /// - Parameter features: the features, if they are read already.
  /// - Throws: `invalid_features` with all problems; `invalid_entrypoints` if no entrypoint is for the store's engine.
  init(_ environment: EnvironmentContext, _ features: FeatureSource? = nil) throws(MetaxyError) {
    let session = environment.session
    self.environment = environment
    files = try session.project.sourceFiles()
    guard files.canDeclareFeatures || !files.sql(for: session.store.url.dialect).isEmpty else {
      throw .noEntrypointServes(session.store.url.dialect.rawValue, files.sql.map(session.project.displayPath))
    }
    if let features {
      self.features = features
    } else {
      self.features = try FeatureSource.load(
        session.project, files, reservedTables: environment.bookkeepingTables,
        prefix: session.store.tablePrefix, session.context)
    }
    try self.features.refuseSharedTables()
  }

  /// Returns the desired schema for the store's engine.
  ///
  /// - Throws: `invalid_tables` with all problems.
  func load() throws(MetaxyError) -> DesiredSchema {
    let dialect = environment.session.store.url.dialect
    return try tables(
      of: files.sql(for: dialect), on: environment.database, besides: features.desired(on: environment.dialect))
  }

  /// Returns the desired schema for another dialect if there are SQL files, which each engine reads in its own way, or
  /// features with schemas, which not every engine has; nil if it is the same.
  ///
  /// - Throws: `no_scratch` if there is no database to run that dialect's files.
  func load(for dialect: StoreDialect) throws(MetaxyError) -> DesiredSchema? {
    let session = environment.session
    let sql = files.sql(for: dialect)
    let hasFiles = !(sql.isEmpty && files.sql(for: session.store.url.dialect).isEmpty && features.declared.isEmpty)
    guard hasFiles || features.namesSchemas else { return nil }
    let desired = try features.desired(on: session.context.dialect(dialect))
    guard !(sql.isEmpty && features.declared.isEmpty) else { return desired }
    guard let database = Engines.scratch(of: dialect, in: session.project, session.context.engineOptions) else {
      let declaring = Set(features.declared.map(\.source.file)).sorted()
      throw .noScratchFor(dialect.rawValue, declaring + sql.map(session.project.displayPath))
    }
    return try tables(of: sql, on: database, besides: desired)
  }

  private func tables(
    of sql: [String], on database: any Database, besides features: DesiredSchema
  ) throws(MetaxyError) -> DesiredSchema {
    let declared = try self.features.scripts(for: database.dialect)
    guard !(sql.isEmpty && declared.isEmpty) else { return features }
    let session = environment.session
    let scripts =
      try declared
      + sql.map { path throws(MetaxyError) in
        try EntrypointScript(
          at: path, displayPath: session.project.displayPath(path), lexicon: database.dialect.lexicon)
      }
    var plain = try SQLEntrypointTables(
      database: database, policy: environment.policy, isBookkeeping: isBookkeeping(on: database.dialect),
      report: session.context.report
    ).load(scripts)
    for table in self.features.declared {
      let name = plain.schema[table.name] == nil ? TableName(table.name.name) : table.name
      if plain.schema[name] != nil { plain.columnSources[name] = table.columns }
    }
    var desired = features
    let problems = desired.merge(plain)
    guard problems.isEmpty else { throw .invalidTables(problems) }
    return desired
  }

  /// Returns whether a table is one that a dump of a migrated database contains beside the project's own tables: a
  /// version or log table, Alembic's version table under its usual name, or a system table of Metaxy.
  private func isBookkeeping(on dialect: any Dialect) -> (TableName) -> Bool {
    let names = environment.bookkeepingTables.union(
      Generation.allCases.flatMap { generation in
        Set(["", environment.session.store.tablePrefix]).flatMap {
          SystemTables.schema(generation, prefix: $0).sorted.map(\.name)
        }
      })
    let folded = Set(names.map { dialect.folded($0) })
    return { folded.contains(dialect.folded($0)) || dialect.folded(TableName($0.name)) == "alembic_version" }
  }
}
