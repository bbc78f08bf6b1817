package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxySchema

extension Commands {
  /// Lists the registered features with their versions. Only reads sources, no database.
  ///
  /// - Parameter verbose: whether the text shows every version and the type.
  package static func listFeatures(
    _ context: CommandContext, verbose: Bool = false
  ) throws(MetaxyError) -> FeatureList {
    let source = try FeatureSource.load(context)
    let versions = source.versions(context)
    source.warnOfSharedTables(context)
    return FeatureList(
      project: source.project, generation: source.generation, version: versions.snapshot,
      features: source.graph.features.compactMap { feature in
        guard let versions = versions[feature.key] else { return nil }
        return FeatureList.Item(
          key: feature.key.text, table: source.tableName(of: feature)?.reportText ?? "",
          classPath: feature.classPath, project: feature.project ?? source.project,
          featureVersion: versions.featureVersion, specVersion: versions.specVersion,
          trackingVersion: versions.trackingVersion, definitionVersion: versions.definitionVersion,
          codeVersion: versions.codeVersion,
          fields: versions.fields.map { FeatureList.Field(key: $0.key.text, version: $0.version) },
          dependencies: (feature.dependencies ?? []).map(\.feature.key.text), source: feature.source)
      }, isVerbose: verbose)
  }
}

extension FeatureSource {
  /// Reads the features of the current project, for commands that need no database.
  static func load(_ context: CommandContext) throws(MetaxyError) -> FeatureSource {
    let project = try Project.load(context)
    for warning in project.warnings { context.report(.warning(warning)) }
    return try load(project, context)
  }

  static func load(_ project: Project, _ context: CommandContext) throws(MetaxyError) -> FeatureSource {
    try load(
      project, try project.sourceFiles(), reservedTables: try Bookkeeping.tables(of: project),
      prefix: try project.tablePrefix(), context)
  }
}
