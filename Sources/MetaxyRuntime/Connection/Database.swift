package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
package import MetaxySchema

/// A configured database, not yet opened.
package protocol Database: Sendable {
  var dialect: any Dialect { get }
  /// The database's name for display, without a password.
  var displayName: String { get }
  /// Whether the database exists; always true for a server until connecting fails.
  var exists: Bool { get }

  /// Opens the database for reading. A missing database counts as empty.
  func openForReading() throws(MetaxyError) -> any Connection
  /// Opens the database for writing, and creates it if the engine can.
  func openForWriting() throws(MetaxyError) -> any Connection
  /// Opens an empty database of the same engine to evaluate definitions; it is removed with the connection.
  ///
  /// Foreign keys are not enforced in it.
  func scratch() throws(MetaxyError) -> any Connection
  /// Excludes other runners until the lock is released; calls `waiting` once if another runner holds it.
  ///
  /// - Throws: `database_busy` with the holder if the lock is not released in time.
  func lock(waiting: (_ holder: String) -> Void) throws(MetaxyError) -> any RunLock
  /// Opens the database for writing while `lock` is held, and creates it if the engine can.
  func openForWriting(under lock: any RunLock) throws(MetaxyError) -> any Connection
  /// Requires enough disk space for a second copy of any table; `purpose` is the reason, as an infinitive.
  ///
  /// - Throws: `no_space` with the required and the available space.
  func requireSpaceForCopy(_ purpose: String) throws(MetaxyError)
  /// Writes a copy of the whole database to a new file or database, named after the old one and `suffix`, and returns
  /// its name for display. Nothing is overwritten.
  ///
  /// - Throws: `cannot_back_up`; a partial copy is removed.
  func backUp(_ connection: any Connection, suffix: String) throws(MetaxyError) -> String
  /// Reads the live tables except the given ones, in a number of queries that does not depend on the number of tables.
  func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> LiveSchema
  /// Returns `desired` with its expressions in canonical form, as the engine prints them, where they differ from `live`.
  /// Leaves no temporary objects.
  func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema
  /// Reads the tables as they will be after `renames`, with the engine's expressions, and does not change the database.
  ///
  /// - Throws: `cannot_rename` for a rename that the engine refuses, now as well as when the revision runs.
  func introspect(
    _ connection: any Connection, after renames: [MigrationOperation], without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> LiveSchema
}

extension Database {
  /// The default for engines whose lock is independent of the connection.
  package func openForWriting(under lock: any RunLock) throws(MetaxyError) -> any Connection { try openForWriting() }
}
