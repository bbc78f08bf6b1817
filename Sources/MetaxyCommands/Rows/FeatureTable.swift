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

/// The table of one feature in a store, to read and write its rows: the columns of the sources, as the database has them.
struct FeatureTable {
  let feature: FeatureDefinition
  /// The feature version of the sources.
  let currentVersion: String
  let samples: SampleTable
  let columns: [TableColumn]
  let database: any RowDatabase
  let connection: any RowConnection

  var key: FeatureKey { feature.key }
  var idColumns: [TableColumn] { samples.idColumns.compactMap(column) }

  /// - Parameter key: a key, or the name of a table: no part of a key contains `__`.
  /// - Throws: `unknown_feature`, `no_database`, `table_missing`, `table_drifted`, or the error of connecting.
  init(
    _ key: String, _ session: ProjectSession, for purpose: RowPurpose
  ) throws(MetaxyError) {
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
    self.feature = feature
    self.samples = samples
    currentVersion = source.versions(session.context)[key]?.featureVersion ?? ""
    database = session.store.rowDatabase(in: session.project, session.context.engineOptions)
    connection = try database.openForRows(purpose)
    guard let live = try connection.columns(of: samples.name) else {
      throw .tableMissing(key, samples.name, database.displayName)
    }
    let desired = feature.definesTable ? try source.desired(on: session.database.dialect).schema[samples.name] : nil
    var problems: [String] = []
    columns = TableColumn.columns(desired?.columns, live, in: samples, database, &problems)
    let names = Set(columns.map { ScalarString($0.form.name) })
    if problems.isEmpty {
      let needed = samples.idColumns + samples.generation.systemColumnNames
      problems = needed.filter { !names.contains(ScalarString($0)) }.map { "it has no column `\($0)`" }
    }
    guard problems.isEmpty else { throw .tableDrifted(key, samples.name, problems, database.displayName) }
  }

  /// Returns the column with a name; nil if there is none.
  func column(_ name: String) -> TableColumn? {
    columns.first { ScalarString($0.form.name) == ScalarString(name) }
  }

  /// Returns the ID columns with their values, for messages.
  func displayID(_ values: some Sequence<SQLValue>) -> String {
    zip(samples.idColumns, values).map { "`\($0)` \($1.displayText)" }.joined(separator: ", ")
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
