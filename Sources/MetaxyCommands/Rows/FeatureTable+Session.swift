internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyRows
internal import MetaxyRuntime
internal import MetaxySchema

extension FeatureTable {
  /// Finds the table of a feature of the sources.
  ///
  /// - Parameter key: a key, or the name of a table: no part of a key contains `__`.
  /// - Throws: `unknown_feature`, `no_database`, `table_missing`, `table_drifted`, or the error of connecting.
  init(_ key: String, _ session: ProjectSession, for purpose: RowPurpose) throws(MetaxyError) {
    let source = try FeatureSource.load(session)
    try source.refuseSharedTables()
    let key = FeatureKey(key.replacing("__", with: "/"))
    guard let feature = source.graph[key] else {
      throw .unknownFeature(key, in: source.graph.features.map(\.key))
    }
    guard purpose == .reading || source.isOwn(feature) else {
      throw .rowsOfOtherProject(key, feature.project ?? "", own: source.project)
    }
    guard let samples = try source.samples(of: feature, session) else { throw .featureWithoutTable(key) }
    let database = session.store.rowDatabase(in: session.project, session.context.engineOptions)
    let connection = try database.openForRows(purpose)
    let desired = feature.definesTable ? try source.desired(on: session.database.dialect).schema[samples.name] : nil
    try self.init(
      key, currentVersion: source.versions(session.context)[key]?.featureVersion ?? "", samples,
      desired: desired?.columns.map { ($0.name, $0.type) }, database, connection, for: .command)
  }
}

extension FeatureSource {
  /// Whether a feature is of this project.
  func isOwn(_ feature: FeatureDefinition) -> Bool {
    !feature.details01.isExternal && (feature.project ?? project) == project
  }

  /// Returns the table of a feature in the store of a session; nil if it has none.
  func samples(of feature: FeatureDefinition, _ session: ProjectSession) throws(MetaxyError) -> SampleTable? {
    guard let name = tableName(of: feature) else { return nil }
    let dialect = session.store.url.dialect
    return SampleTable(
      name: TableName(name.name, schema: dialect == .sqlite ? nil : name.schema), dialect: dialect,
      generation: generation, idColumns: feature.idColumns, order: feature.order)
  }
}
