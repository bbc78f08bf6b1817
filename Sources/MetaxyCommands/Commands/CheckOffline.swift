package import MetaxyErrors

extension Commands {
  /// Compares what the revision files alone make of an empty database with the desired schema.
  ///
  /// Opens no database of the project: SQLite's sections run in memory, and for PostgreSQL the records count.
  package static func checkOffline(_ context: CommandContext) throws(MetaxyError) -> CheckReport {
    let session = try ProjectSession(context)
    var report = CheckReport(of: session)
    report.offline = OfflineResult()
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in
        try OfflineCheck(environment).run(&report)
      }
    }
    return report
  }
}
