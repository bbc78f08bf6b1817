internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxyRevisions
internal import MetaxySQL
internal import MetaxyTime

/// Sets a database's version without running revisions.
package struct Stamp {
  private let connection: any Connection
  private let dialect: any Dialect
  private let versions: VersionTable
  private let log: RevisionLog
  private let toolVersion: String

  package init(connection: any Connection, dialect: any Dialect, environment: RunnerEnvironment, toolVersion: String) {
    self.connection = connection
    self.dialect = dialect
    self.toolVersion = toolVersion
    versions = VersionTable(environment.versionTable, dialect: dialect)
    log = RevisionLog(environment.logTable, dialect: dialect)
  }

  /// A revision whose state the stamp changes, with its existing tables.
  package struct Revision: Sendable {
    var file: RevisionFile
    var tables: [TableName]

    package init(_ file: RevisionFile, tables: [TableName]) {
      self.file = file
      self.tables = tables
    }
  }

  /// Sets the rows of the version table, and logs each revision whose state this changes.
  ///
  /// - Parameters:
  ///   - applied: the revisions that become applied.
  ///   - reverted: the revisions that are no longer applied.
  ///   - purges: whether an interrupted run is given up, so that others can follow it.
  ///   - change: what else happens in the transaction, before the version changes.
  /// - Throws: `half_applied` if a run was interrupted and is not given up.
  package func set(
    rows: Set<String>, applied: [Revision], reverted: [Revision], purges: Bool = false,
    before change: () throws(MetaxyError) -> Void = {}
  ) throws(MetaxyError) {
    try connection.transaction { () throws(MetaxyError) in
      try versions.createIfMissing(connection)
      try log.createIfMissing(connection)
      try versions.lock(connection)
      try change()
      try giveUpInterruptedRun(purges: purges)
      if purges { try versions.clear(connection) }
      try versions.replace(try versions.revisions(connection), with: rows, connection)
      for revision in reverted { try add(revision.file, created: [], dropped: revision.tables) }
      for revision in applied { try add(revision.file, created: revision.tables, dropped: []) }
    }
  }

  /// Marks the last run as ended if it was interrupted: a purge sets the version to what the tables are now.
  private func giveUpInterruptedRun(purges: Bool) throws(MetaxyError) {
    guard var last = try log.last(connection), last.isHalfApplied else { return }
    guard purges else { throw .halfApplied(last, current: try versions.revisions(connection)) }
    last.finishedAt = Timestamp().text
    last.error = "given up with `stamp --purge`" + (last.error.map { "; \($0)" } ?? "")
    try log.update(last, connection)
  }

  private func add(_ file: RevisionFile, created: [TableName], dropped: [TableName]) throws(MetaxyError) {
    let now = Timestamp().text
    var entry = RevisionLog.Entry(
      id: 0, revision: file.revision, direction: "stamp", startedAt: now, finishedAt: now,
      checksum: try file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: file.rendered(),
      tablesCreated: created, tablesDropped: dropped, snapshotVersion: file.snapshot, toolVersion: toolVersion)
    try log.add(&entry, beside: versions, connection)
  }
}
