package import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFiles
package import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL
package import MetaxySQLiteDriver
package import MetaxySchema

/// A SQLite file, not opened.
package struct SQLiteDatabase: Database {
  /// The absolute path of the file.
  package let path: String
  package let displayName: String
  let timeouts: SQLiteTimeouts
  /// The source of a user's requests to stop a statement of a revision; nil if signals end the process.
  private let interruption: Interruption?

  package init(
    path: String, displayName: String, timeouts: SQLiteTimeouts = SQLiteTimeouts(), interruption: Interruption? = nil
  ) {
    self.path = path
    self.displayName = displayName
    self.timeouts = timeouts
    self.interruption = interruption
  }

  package var dialect: any Dialect { SQLiteDialect() }

  package var exists: Bool { Files.kind(of: path) != nil }

  package func openForReading() throws(MetaxyError) -> any Connection {
    // Reading must not create a database; a missing one counts as empty.
    try open(exists ? .reading : .memory)
  }

  private func open(_ mode: SQLiteConnection.Mode) throws(MetaxyError) -> SQLiteMigrationConnection {
    // Only a run that writes has something to roll back, and a place to report.
    let interruption = mode == .writing ? interruption : nil
    let connection = try SQLiteConnection(path: path, mode: mode, timeouts: timeouts, countsRows: mode == .writing)
    interruption?.begin()
    return SQLiteMigrationConnection(connection, interruption: interruption)
  }

  package func openForWriting() throws(MetaxyError) -> any Connection {
    let connection = try open(.writing)
    // For each statement that changes its catalog SQLite reads the whole of it, from the file if the cache does not hold it: of
    // 10,000 tables, 20 MB. The usual cache is 2 MB.
    try connection.session.execute("PRAGMA cache_size = -65536", [])
    return connection
  }

  package func scratchDecision(on statement: ScannedStatement) -> ScratchDecision {
    SQLiteScratchRules(statement: statement).decision
  }

  package func scratch() throws(MetaxyError) -> any ScratchSession {
    SQLiteScratchSession(try openInMemory())
  }

  /// Opens an empty database in which foreign keys are not enforced.
  private func openInMemory() throws(MetaxyError) -> SQLiteMigrationConnection {
    let connection = try open(.memory)
    try connection.execute("PRAGMA foreign_keys = OFF", [])
    return connection
  }

  package func lock(waiting: (_ holder: String) -> Void) throws(MetaxyError) -> any RunLock {
    try SQLiteRunLock(database: path, displayName: displayName, waiting: waiting)
  }

  /// Uses the size of the whole file as the bound, because SQLite does not report the size of one table.
  package func requireSpaceForCopy(_ purpose: String) throws(MetaxyError) {
    try DiskSpace(copying: [path, path + "-wal"]).require(purpose, displayName)
  }

  package func backUp(_ connection: any Connection, suffix: String) throws(MetaxyError) -> String {
    let displayText = displayName + suffix
    do {
      try requireSpaceForCopy("to back the database up")
    } catch {
      throw .cannotBackUp(displayText, cause: error)
    }
    try SQLiteBackup(database: path, target: path + suffix, displayTarget: displayText).run(connection)
    return displayText
  }

  package func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> LiveSchema {
    try SQLiteIntrospector(connection).schema(without: excluded)
  }

  package func introspect(
    _ connection: any Connection, after renames: [MigrationOperation], without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> LiveSchema {
    guard !renames.isEmpty else { return try introspect(connection, without: excluded) }
    let scratch = try openInMemory()
    try SQLiteCatalogCopy(of: connection).make(in: scratch)
    let dialect = SQLiteDialect()
    for rename in renames {
      for statement in try dialect.statements(for: [rename], on: LiveSchema()) {
        do {
          // A rename reads the definitions of all tables, also those of other programs.
          try scratch.session.acceptingDoubleQuotedStrings { () throws(MetaxyError) in
            _ = try scratch.execute(statement.sql, [])
          }
        } catch {
          throw .cannotRename(rename, displayName, cause: error)
        }
      }
    }
    return try introspect(scratch, without: excluded)
  }
}
