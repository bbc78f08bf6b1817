public import MetaxyErrors
internal import MetaxyFiles
public import MetaxyRuntime
public import MetaxySchema

/// A SQLite file, not yet opened.
public struct SQLiteDatabase: Database {
  /// The absolute path of the file.
  public let path: String
  public let shownName: String
  let timeouts: SQLiteTimeouts

  public init(path: String, shownName: String, timeouts: SQLiteTimeouts = SQLiteTimeouts()) {
    self.path = path
    self.shownName = shownName
    self.timeouts = timeouts
  }

  public var dialect: any Dialect { SQLiteDialect() }

  public var exists: Bool { Files.kind(of: path) != nil }

  public func openForReading() throws(MetaxyError) -> any Connection {
    // Looking at a database must not create it; what is not there yet is empty.
    try SQLiteConnection(path: path, mode: exists ? .reading : .memory, timeouts: timeouts)
  }

  public func openForWriting() throws(MetaxyError) -> any Connection {
    try SQLiteConnection(path: path, mode: .writing, timeouts: timeouts)
  }

  public func scratch() throws(MetaxyError) -> any Connection {
    let connection = try SQLiteConnection(path: ":memory:", mode: .memory, timeouts: timeouts)
    try connection.execute("PRAGMA foreign_keys = OFF", [])
    return connection
  }

  public func lock(waiting: (_ holder: String) -> Void) throws(MetaxyError) -> any RunLock {
    try SQLiteRunLock(database: path, shownName: shownName, patience: Self.runPatience, waiting: waiting)
  }

  /// How long a runner waits for another one: a migration may take its time, an idle CI job should end.
  private static let runPatience = 60_000

  /// The size of the whole file is the bound: how much of it one table takes, SQLite does not say.
  public func requireSpaceForCopy(_ purpose: String) throws(MetaxyError) {
    try DiskSpace(copying: [path, path + "-wal"]).require(purpose, shownName)
  }

  public func backUp(_ connection: any Connection, suffix: String) throws(MetaxyError) -> String {
    let shown = shownName + suffix
    do {
      try requireSpaceForCopy("to back the database up")
    } catch {
      throw .cannotBackUp(shown, cause: error)
    }
    try SQLiteBackup(database: path, target: path + suffix, shownTarget: shown).run(connection)
    return shown
  }

  public func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema {
    try SQLiteIntrospector(connection).schema(without: excluded)
  }

  public func introspect(
    _ connection: any Connection, after renames: [any MigrationOperation], without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema {
    guard !renames.isEmpty else { return try introspect(connection, without: excluded) }
    let scratch = try scratch()
    try SQLiteCatalogCopy(of: connection).make(in: scratch)
    let dialect = SQLiteDialect()
    for rename in renames {
      for statement in try dialect.statements(for: [rename], on: Schema()) {
        do {
          try scratch.execute(statement.sql, [])
        } catch {
          throw .cannotRename(rename, shownName, cause: error)
        }
      }
    }
    return try introspect(scratch, without: excluded)
  }
}
