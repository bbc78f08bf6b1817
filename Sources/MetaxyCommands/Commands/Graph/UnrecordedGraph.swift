internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRuntime

/// Finds out after an upgrade that programs would be refused, because the graph of the features is not the one recorded last.
struct UnrecordedGraph {
  private let session: ProjectSession

  init(_ session: ProjectSession) { self.session = session }

  /// Reports the command that records the graph, if programs need it.
  func report(_ connection: any Connection) {
    // A project without a registry has no program that compares it with the database.
    let project = session.project
    guard project.migrations.registry != nil, project.hasSystemEnvironment, !session.store.createsTables,
      let (snapshot, recorded) = versions(connection), snapshot != recorded
    else { return }
    let reason =
      recorded == nil ? "no graph of the features is recorded" : "the recorded graph is not that of the features"
    session.context.note("\(reason), so that programs are refused; \(.pushGraph()) records it")
  }

  /// Returns the version of the graph, and the one that was recorded last; nil if one of them cannot be found out.
  private func versions(_ connection: any Connection) -> (snapshot: String, recorded: String?)? {
    var quiet = session.context
    quiet.report = { _ in }
    // The upgrade is done: whatever is wrong with the sources is reported by the commands that need them. An upgrade runs no code
    // of the project, which may not be installed where it is deployed.
    let prefix = session.store.tablePrefix
    guard (try? session.project.sourceFiles().python.isEmpty) == true,
      let source = try? FeatureSource.load(ProjectSession(quiet, session.project, session.store)),
      !source.graph.features.isEmpty,
      (try? connection.hasTable(source.generation.featureVersions(prefix: prefix))) == true
    else { return nil }
    let place = session.database.dialect.placeholder(1)
    guard
      let recorded = try? connection.pushedSnapshots(
        of: source.project, source.generation, prefix: prefix, placeholder: place)
    else { return nil }
    return (source.versions(quiet).snapshot, recorded.first?.version)
  }
}
