internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxySchema
internal import MetaxySyntax

extension ProjectSession {
  /// Refuses two features of generation 0.1 that share a table: their rows would be mixed.
  ///
  /// An upgrade needs the revisions only, so it runs even if the features cannot be read; those of the first generation are
  /// not read, and Python is not started: the tables of its features are declared, and not named after keys.
  ///
  /// - Throws: `invalid_features`.
  func refuseSharedTables01() throws(MetaxyError) {
    guard project.configuration.sqlModel.infersTableNames, var files = try? project.sourceFiles() else { return }
    files.python = []
    guard let graphs = try? project.exportedGraphs(files),
      GenerationChoice(of: graphs, configured: project.configuration.generation).generation == .release01,
      repeatsTableNames01(files, graphs)
    else { return }
    let silent = CommandContext(workingDirectory: context.workingDirectory, variables: context.variables) { _ in }
    guard
      let features = try? FeatureSource.load(
        project, files, reservedTables: Bookkeeping.tables(of: project, for: store),
        prefix: store.tablePrefix, silent)
    else { return }
    try features.refuseSharedTables()
  }

  /// Returns whether two features could share a table, by the names of the tables alone. That takes half of the time in which
  /// the features are loaded with their graph.
  private func repeatsTableNames01(_ files: EntrypointFiles, _ graphs: [ExportedGraphFile]) -> Bool {
    let cache = FeatureCache(of: project.root)
    let sources = files.swift.map { SourceFile(path: $0, displayPath: project.displayPath($0)) }
    guard let discovered = try? Discovery.read(sources, .release01, cache.declarations) else { return false }
    if let update = discovered.cacheUpdate { cache.keep(update) }
    // Every name has the same prefix in the store.
    let derivation = Derivation(infersTableNames: true, reservedTables: [])
    var names: Set<TableName> = []
    return (discovered.definitions + graphs.flatMap { $0.graph(.release01).definitions })
      .contains { !names.insert(derivation.tableName(of: $0).folded).inserted }
  }
}
