internal import MetaxyDatabase
package import MetaxyErrors
package import MetaxyRevisions
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

  /// Makes the version table hold `rows`, and logs the revisions that this says are applied now, or no longer.
  ///
  /// - Parameters:
  ///   - applied: the revisions that become applied by it, each with the tables of it that exist.
  ///   - undone: the revisions that were applied before and are not any more.
  package func set(
    rows: Set<String>, applied: [(file: RevisionFile, tables: [String])],
    reverseOperations: [(file: RevisionFile, tables: [String])]
  ) throws(MetaxyError) {
    try connection.transaction { () throws(MetaxyError) in
      try versions.createIfMissing(connection)
      try log.createIfMissing(connection)
      try versions.lock(connection)
      try versions.replace(try versions.revisions(connection), with: rows, connection)
      for (file, tables) in reverseOperations { try add(file, created: [], dropped: tables) }
      for (file, tables) in applied { try add(file, created: tables, dropped: []) }
    }
  }

  private func add(_ file: RevisionFile, created: [String], dropped: [String]) throws(MetaxyError) {
    let now = Timestamp().text
    _ = try log.add(
      RevisionLog.Entry(
        id: 0, revision: file.revision, direction: "stamp", startedAt: now, finishedAt: now,
        checksum: try file.checksum(dialect: dialect.name, lexicon: dialect.lexicon), script: file.rendered(),
        tablesCreated: created, tablesDropped: dropped, snapshotVersion: file.snapshot, toolVersion: toolVersion),
      connection)
  }
}
