package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames
internal import MetaxySQL
package import MetaxySchema

/// A configured database, not yet opened.
package protocol Database: Sendable {
  var dialect: any Dialect { get }
  /// The database as it is shown to people; never with a password.
  var displayName: String { get }
  /// Whether the database is there; a server's always is, until connecting says otherwise.
  var exists: Bool { get }

  /// Opens the database to look at it. One that does not exist yet looks empty.
  func openForReading() throws(MetaxyError) -> any Connection
  /// Opens the database to change it, and creates it where the engine can.
  func openForWriting() throws(MetaxyError) -> any Connection
  /// Opens an empty database of the same engine, to try definitions out; it goes with the connection.
  ///
  /// Foreign keys are not enforced in it.
  func scratch() throws(MetaxyError) -> any Connection
  /// Keeps other runners out until the lock goes; tells `waiting` once when somebody else holds it.
  ///
  /// - Throws: `database_busy`, with the holder, when it does not go in time.
  func lock(waiting: (_ holder: String) -> Void) throws(MetaxyError) -> any RunLock
  /// Opens the database to change it while `lock` is held, and creates it where the engine can.
  func openForWriting(under lock: any RunLock) throws(MetaxyError) -> any Connection
  /// Makes sure that the engine has room for a second copy of any one table; `purpose` says what for, as an infinitive.
  ///
  /// - Throws: `no_space`, with what is needed and what there is.
  func requireSpaceForCopy(_ purpose: String) throws(MetaxyError)
  /// Writes a copy of the whole database to a new place, named after the old one and `suffix`, and returns it as it is
  /// shown. Nothing is ever overwritten.
  ///
  /// - Throws: `cannot_back_up`, with nothing left behind.
  func backUp(_ connection: any Connection, suffix: String) throws(MetaxyError) -> String
  /// Reads the live tables, but for those named, in a number of queries that does not depend on how many there are.
  func introspect(
    _ connection: any Connection, without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema
  /// Returns `desired` as the engine prints it, wherever it is said in other words than `live`; nothing is left of what
  /// it takes to find out.
  func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema
  /// Reads the tables as they will be after `renames`, in the engine's own words, and leaves the database as it is.
  ///
  /// - Throws: `cannot_rename` for what the engine refuses, now as it would then.
  func introspect(
    _ connection: any Connection, after renames: [any MigrationOperation], without excluded: (TableName) -> Bool
  ) throws(MetaxyError) -> Schema
}

extension Database {
  /// The lock and the connection have nothing to do with each other, unless an engine says otherwise.
  package func openForWriting(under lock: any RunLock) throws(MetaxyError) -> any Connection { try openForWriting() }
}
