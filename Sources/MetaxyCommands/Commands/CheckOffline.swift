package import MetaxyErrors

extension Commands {
  /// Compares what the revision files alone make of an empty database with the desired schema.
  ///
  /// Opens no database of the project: SQLite's sections run in memory, and for PostgreSQL the records count.
  ///
  /// - Parameter requiresVerified: whether a revision without a proof counts as a difference.
  package static func checkOffline(
    _ context: CommandContext, requiresVerified: Bool = false
  ) throws(MetaxyError) -> CheckReport {
    let session = try ProjectSession(context)
    var report = CheckReport(of: session)
    report.requiresVerified = requiresVerified
    report.offline = OfflineResult()
    for environment in try session.environments() {
      try environment.completingHints { () throws(MetaxyError) in
        try OfflineCheck(environment).run(&report)
        try report.addUnverified(of: environment)
      }
    }
    return report
  }
}
