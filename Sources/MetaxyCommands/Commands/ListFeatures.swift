public import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema

extension Commands {
  /// Lists the registered features. It reads sources alone, no database.
  public static func listFeatures(_ context: CommandContext) throws(MetaxyError) -> FeatureList {
    let project = try Project.load(context)
    for warning in project.warnings { context.narrate(.warning(warning)) }
    let source = try FeatureSource.load(
      project, try project.sourceFiles(), reservedNames: try Bookkeeping.tables(of: project), context)
    let tableNames = Dictionary(source.desired.tableSources.map { ($0.value, $0.key) }) { first, _ in first }
    return FeatureList(
      project: project.configuration.project,
      features: source.graph.features.map { feature in
        FeatureList.Item(
          key: feature.key.description, table: tableNames[feature.source]?.description ?? "",
          classPath: feature.typeName, fields: feature.fields.map(\.key.description),
          dependencies: (feature.dependencies ?? []).map(\.feature.key.description), source: feature.source)
      })
  }
}
