package import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxyScript

extension Commands {
  /// Compares the database with what is asked for.
  package static func check(_ context: CommandContext) throws(MetaxyError) -> CheckReport {
    let workspace = try Workspace(context)
    var report = CheckReport(differences: [], pendingRevisions: [], heads: [])
    let connection = try workspace.database.openForReading()
    if !workspace.database.exists {
      context.narrate(
        .note("there is no database at `\(workspace.database.shownName)` yet; `metaxy upgrade` creates it"))
    }
    for environment in try workspace.environments() {
      let pending = try environment.pending(try environment.current(connection))
      try environment.warnOfEdits(connection)
      let comparison = try EnvironmentComparison(environment, connection)
      report.differences += try comparison.operations(besides: pending).map {
        CheckReport.Difference($0, source: comparison.desired.source(of: $0))
      }
      if let features = comparison.features, let registry = try RegistryFile(of: workspace.project) {
        report.differences += try registry.differences(from: features, context)
      }
      report.pendingRevisions += pending.map(\.revision)
      report.heads += environment.revisions.graph.heads
    }
    return report
  }
}
