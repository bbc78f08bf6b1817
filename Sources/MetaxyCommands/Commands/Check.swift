package import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

extension Commands {
  /// Compares the database with the desired schema.
  package static func check(_ context: CommandContext) throws(MetaxyError) -> CheckReport {
    let session = try ProjectSession(context)
    var report = CheckReport(differences: [], pendingRevisions: [], heads: [])
    let connection = try session.database.openForReading()
    if !session.database.exists {
      context.report(
        .note("there is no database at `\(session.database.displayName)` yet; `metaxy upgrade` creates it"))
    }
    for environment in try session.environments() {
      let pending = try environment.pending(try environment.current(connection))
      try environment.warnOfEdits(connection)
      let comparison = try EnvironmentComparison(environment, connection)
      report.differences += try comparison.operations(besides: pending).map {
        CheckReport.Difference($0, source: comparison.desired.source(of: $0))
      }
      if let features = comparison.features, let registry = try RegistryFile(of: session.project) {
        report.differences += try registry.differences(from: features, context)
      }
      report.pendingRevisions += pending.map(\.revision)
      report.heads += environment.revisions.graph.heads
    }
    return report
  }
}
