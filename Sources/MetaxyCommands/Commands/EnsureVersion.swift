internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime

extension Commands {
  /// Creates the version and log tables that do not exist yet.
  package static func ensureVersion(_ context: CommandContext) throws(MetaxyError) -> VersionTablesReport {
    let session = try ProjectSession(context)
    let environments = try session.environments()
    let lock = try session.lockDatabase()
    defer { lock.release() }
    let connection = try session.database.openForWriting(under: lock)
    var report = VersionTablesReport(created: [], kept: [])
    for environment in environments {
      let (versions, log) = (environment.versionTable, environment.log)
      let isThere = try (connection.hasTable(versions.table), connection.hasTable(log.table))
      try connection.transaction { () throws(MetaxyError) in
        try versions.createIfMissing(connection)
        try log.createIfMissing(connection)
      }
      for (table, isThere) in [(versions.table, isThere.0), (log.table, isThere.1)] {
        if isThere { report.kept.append(table.reportText) } else { report.created.append(table.reportText) }
      }
    }
    return report
  }
}
