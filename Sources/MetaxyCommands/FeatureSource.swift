internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxySchema
internal import MetaxySyntax

/// The registered features of a project: read from their sources, checked, and turned into tables.
struct FeatureSource {
  let graph: FeatureGraph
  let desired: DesiredSchema

  /// Reads the features.
  ///
  /// - Throws: `invalid_features` with every problem in every file.
  static func load(
    _ project: Project, _ entrypoints: EntrypointFiles, reservedNames: Set<String>, _ context: CommandContext
  ) throws(MetaxyError) -> FeatureSource {
    let (files, discovered) = try context.timed(.discovery) { () throws(MetaxyError) in
      let files = entrypoints.swift.map { SourceFile(path: $0, shownPath: project.shown($0)) }
      return (files, try Discovery.read(files))
    }
    let (graph, graphProblems, tables) = context.timed(.derivation) {
      let (graph, problems) = FeatureGraph.build(discovered.definitions, incomplete: discovered.incompleteKeys)
      let derivation = Derivation(
        infersTableNames: project.configuration.sqlModel.infersTableNames, reservedNames: reservedNames)
      return (graph, problems, derivation.schema(of: discovered.definitions))
    }

    let found = Discovery.quotingSources(of: graphProblems + tables.problems, in: files)
    let diagnostics = (discovered.diagnostics + found).sorted { $0.location < $1.location }
    let errors = diagnostics.filter { $0.severity == .error }
    for warning in diagnostics where warning.severity == .warning { context.narrate(.warning(warning.description)) }
    guard let graph, errors.isEmpty else { throw .invalidFeatures(errors) }
    return FeatureSource(graph: graph, desired: tables.desired)
  }
}
