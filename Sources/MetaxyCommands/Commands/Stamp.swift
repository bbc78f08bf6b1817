internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// Sets the version of the database without running revisions.
  ///
  /// - Parameter purges: whether the version table is emptied first, including rows without a revision file, and an
  ///   interrupted run is given up.
  package static func stamp(
    _ context: CommandContext, targets: [String], purges: Bool
  ) throws(MetaxyError) -> RunReport {
    let session = try ProjectSession(context)
    let environments = try session.environments()
    if !session.database.exists || environments.count > 1 {
      // Errors must occur before the database is created, and before one of the environments changes.
      for var environment in environments {
        for target in targets { environment = try environment.reaching(target) }
        _ = try environment.revisions.graph.rows(stamping: targets, current: [])
      }
    }
    let lock = try session.lockDatabase()
    defer { lock.release() }
    let connection = try session.database.openForWriting(under: lock)
    var report = RunReport(parts: [], idleText: "stamped")
    for environment in environments {
      report.parts.append(
        try environment.completingHints { () throws(MetaxyError) in
          try stamp(environment, targets, purges: purges, connection)
        })
    }
    return report
  }

  private static func stamp(
    _ environment: EnvironmentContext, _ targets: [String], purges: Bool, _ connection: any Connection
  ) throws(MetaxyError) -> RunReport.Part {
    var environment = try environment.positioned(connection)
    for target in targets { environment = try environment.reaching(target) }
    let graph = environment.revisions.graph
    let found = try purges ? environment.versionTable.revisions(connection) : environment.current(connection)
    let known = found.filter { environment.revisions[$0] != nil }
    let rows = try graph.rows(stamping: targets, current: purges ? [] : known)
    let missing = try MissingRevisions.find(in: graph, rows: known, log: environment.log.entries(connection))
    // Rows without a revision file, and those of an inconsistent table, imply no applied revisions.
    let before = Set((try? graph.applied(known)) ?? []).subtracting(missing)
    let after = Set(try graph.applied(rows))
    let late = missing.intersection(after).sorted()
    if !late.isEmpty {
      environment.session.context.note("\(Wording.list(late)) \(late.count == 1 ? "counts" : "count") as applied now")
    }
    let live = try LiveTableNames(connection, environment.dialect)
    let created = try environment.createdTables()
    func revisions(_ names: Set<String>) -> [Stamp.Revision] {
      environment.revisions.revisions.filter { names.contains($0.revision) }.map { file in
        Stamp.Revision(file, tables: created[file.revision, default: []].compactMap { live[$0] })
      }
    }
    try Stamp(
      connection: connection, dialect: environment.dialect, environment: environment.runnerEnvironment,
      toolVersion: ToolVersion.current
    ).set(
      rows: rows, applied: revisions(after.subtracting(before)), reverted: revisions(before.subtracting(after)),
      purges: purges)
    return RunReport.Part(
      environment: environment.kind.rawValue, from: found.sorted(), to: rows.sorted(), applied: [])
  }
}
