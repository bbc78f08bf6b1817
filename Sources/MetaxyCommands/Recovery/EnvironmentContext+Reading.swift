internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

// What commands that only read do with a version table that no file explains.
extension EnvironmentContext {
  /// Reads the version table and the log.
  ///
  /// A row without a revision file blocks nothing: its nearest ancestors with files, which the text in the log names, count as
  /// applied.
  func readingState(_ connection: any Connection) throws(MetaxyError) -> EnvironmentState {
    let rows = try versionTable.revisions(connection)
    let log = try log.entries(connection)
    let unknown = rows.filter { revisions[$0] == nil }.sorted()
    guard !unknown.isEmpty else { return try state(rows, log) }
    var known = rows.subtracting(unknown)
    var open = unknown
    var seen: Set<String> = []
    while let revision = open.popLast() {
      guard seen.insert(revision).inserted else { continue }
      if revisions[revision] != nil {
        known.insert(revision)
      } else if let entry = log.last(where: { $0.revision == revision && !$0.isUndo }),
        // A text of an engine that the project no longer names cannot be read; then its ancestors are unknown too.
        let file = try? RevisionFile(parsing: entry.script, path: "the log", lexicons: session.lexicons)
      {
        open += file.downRevisions + file.dependencies
      }
    }
    let implied = Set(revisions.graph.ends(known))
    return EnvironmentState(
      rows: rows.subtracting(unknown), implied: implied, unknown: unknown.map { UnknownVersion($0, log, in: self) },
      log: log, missing: MissingRevisions.find(in: revisions.graph, rows: implied, log: log))
  }

  /// Warns about rows of the version table that no file explains.
  func warnOfUnknown(_ state: EnvironmentState) {
    for version in state.unknown {
      session.context.report(
        .warning(
          "the database is at revision `\(version.revision)` according to `\(environment.versionTable)`, but"
            + " `\(session.project.displayPath(environment.versionsDirectory))` has no file for it; \(version.logText)")
      )
      for hint in version.hints { session.context.report(.note("hint: \(hint)")) }
    }
  }
}
