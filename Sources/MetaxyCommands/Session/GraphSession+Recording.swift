internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRuntime

extension GraphSession {
  /// Records a graph in the table of its generation.
  ///
  /// - Parameter again: whether a recorded snapshot that is not the latest becomes the latest one. In generation 0.1 every
  ///   push does that.
  func record(
    _ source: FeatureSource, _ versions: GraphVersions, again: Bool
  ) throws(MetaxyError) -> GraphRecording {
    switch generation {
    case .seed: try graphs.record(source.recorded(versions), again: again)
    case .release01: try graphs01.record(source.recorded01(versions))
    }
  }

  /// Compares features of other projects with their recorded definitions, which Metaxy loads before it computes rows: one that
  /// is missing, or has another version than the graph, is a warning.
  ///
  /// - Throws: `external_version_differs` for another version where `locked` is set, as in Metaxy.
  func compareExternalFeatures(_ source: FeatureSource) throws(MetaxyError) {
    let external = source.graph.features.filter { $0.details01.isExternal }
    guard generation == .release01, !external.isEmpty else { return }
    let recorded = try graphs01.latest(of: external.map(\.key))
    let versions = source.graph.versions(project: source.project, truncatedTo: source.truncationLength)
    for feature in external {
      guard let row = recorded[feature.key] else {
        session.context.warn("no project has recorded the external feature `\(feature.key)` in this store")
        continue
      }
      guard let version = versions[feature.key]?.featureVersion, version != row.featureVersion else { continue }
      let difference =
        "the external feature `\(feature.key)` has the version `\(version)` here, and `\(row.featureVersion)` as the project"
        + " `\(row.project)` recorded it"
      guard !session.project.configuration.isLocked else { throw .externalVersionDiffers(feature.key, difference) }
      session.context.warn("\(difference): features that depend on it have other versions once Metaxy loads that")
    }
  }

  /// Returns the features of a recorded project version of generation 0.1.
  ///
  /// - Throws: `unreadable_spec`.
  func features01(of version: String, in project: String) throws(MetaxyError) -> [VersionedGraph.Feature] {
    var features: [VersionedGraph.Feature] = []
    for feature in try graphs01.features(of: version, in: project) {
      let definition = try definition(
        ofSpec: feature.spec, key: feature.key, classPath: feature.classPath, project: project, version: version)
      features.append(
        VersionedGraph.Feature(
          definition: definition, featureVersion: feature.featureVersion, specVersion: feature.definitionVersion))
    }
    return features
  }
}

extension FeatureSource {
  /// Returns the graph with its versions, as far as it is recorded: in generation 0.1 the project's own features.
  func recordableGraph(_ context: CommandContext) -> VersionedGraph {
    let graph = versionedGraph(context)
    guard generation == .release01 else { return graph }
    return VersionedGraph(snapshot: graph.snapshot, features: graph.features.filter { isOwn01($0.definition) })
  }

  private func isOwn01(_ feature: FeatureDefinition) -> Bool {
    !feature.details01.isExternal && (feature.project ?? project) == project
  }

  /// Returns the project's own features as rows of the system table of generation 0.1.
  func recorded01(_ versions: GraphVersions) -> [PushedFeature01] {
    graph.features.filter(isOwn01).compactMap { feature in
      guard let own = versions[feature.key], let definitionVersion = own.definitionVersion else { return nil }
      return PushedFeature01(
        project: project, key: feature.key, featureVersion: own.featureVersion, definitionVersion: definitionVersion,
        projectVersion: versions.snapshot, spec: feature.spec.storedText,
        schema: (feature.details01.schema ?? feature.schema01).storedText,
        classPath: feature.classPath, tags: Self.tags01)
    }
  }

  /// The program that recorded a row: JSON whose member is itself JSON text.
  private static var tags01: String {
    let program = JSONValue.object([.init("version", .string("\(ToolVersion.current) (Swift)"))])
    return JSONValue.object([.init("metaxy", .string(program.storedText))]).storedText
  }
}
