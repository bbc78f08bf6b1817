internal import MetaxyConfiguration
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxyRevisions

extension Commands {
  /// What a shell can complete from a project.
  package enum CompletionKind: Sendable {
    /// Identifiers and branch labels of revisions, and the words for places in a history.
    case revisions
    case stores
    case features
    case environments
  }

  /// Returns the values that a shell offers, sorted; none if the project cannot be read.
  ///
  /// A shell shows neither errors nor notes while a user types, so nothing is reported. No database is opened, and no program of
  /// the project is run.
  package static func completions(_ context: CommandContext, _ kind: CompletionKind) -> [String] {
    var context = context
    context.report = { _ in }
    do {
      let project = try Project.load(context)
      switch kind {
      case .revisions: return try revisions(of: project)
      case .stores:
        return (project.configuration.stores.map(\.name) + project.configuration.unusableStores.keys).sorted()
      case .features: return try features(of: project, context)
      case .environments: return try project.environments().map { project.displayPath($0.directory) }
      }
    } catch {
      return []  // the command itself reports it
    }
  }

  private static func revisions(of project: Project) throws(MetaxyError) -> [String] {
    // Which of several stores a command works on may not be typed yet.
    guard let store = (try? project.store()) ?? project.configuration.stores.first else { return [] }
    let environment = try project.environment(for: store)
    // A file that cannot be read does not keep the others from being completed.
    let files = try RevisionDirectory.files(
      at: environment.versionLocations, relativeTo: project.root, lexicons: Engines.lexicons(of: project, for: store)
    ).files
    let names = Set(files.map(\.revision) + files.flatMap(\.branchLabels)).sorted()
    return names + ["base", "current", "head", "heads"]
  }

  private static func features(of project: Project, _ context: CommandContext) throws(MetaxyError) -> [String] {
    var files = try project.sourceFiles()
    files.python = []
    return try FeatureSource.load(project, files, reservedTables: [], prefix: "", context).graph.features
      .map(\.key.text).sorted()
  }
}
