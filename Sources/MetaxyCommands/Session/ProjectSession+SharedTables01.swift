internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject

extension ProjectSession {
  /// Refuses two features of generation 0.1 that share a table: their rows would be mixed.
  ///
  /// An upgrade needs the revisions only, so it runs even if the features cannot be read; those of the first generation are
  /// not read, and Python is not started: the tables of its features are declared, and not named after keys.
  ///
  /// - Throws: `invalid_features`.
  func refuseSharedTables01() throws(MetaxyError) {
    guard var files = try? project.sourceFiles() else { return }
    files.python = []
    guard let graphs = try? project.exportedGraphs(files),
      GenerationChoice(of: graphs, configured: project.configuration.generation).generation == .release01
    else { return }
    let silent = CommandContext(workingDirectory: context.workingDirectory, variables: context.variables) { _ in }
    guard
      let features = try? FeatureSource.load(
        project, files, reservedTables: Bookkeeping.tables(of: project, for: store),
        prefix: store.tablePrefix, silent)
    else { return }
    try features.refuseSharedTables()
  }
}
