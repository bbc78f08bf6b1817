package import MetaxyErrors
package import MetaxyFeatures

/// A database for the rows of programs, not yet opened.
package protocol RowDatabase: Sendable {
  /// The database for display; never with a password.
  var displayName: String { get }
  /// Whether the database exists; true for a database on a server until connecting fails.
  var exists: Bool { get }
  /// Whether only its first connection sees its rows.
  var isPrivate: Bool { get }

  /// Opens the database, which must exist.
  ///
  /// - Throws: `no_database` with the command that creates it; the errors of connecting.
  func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection

  /// Opens the database to change its tables while no other run does, and creates it if the engine can.
  ///
  /// - Throws: `database_busy` with the holder of the lock if it is not released in time; the errors of connecting.
  func openForDefinitions() throws(MetaxyError) -> (connection: any RowConnection, lock: any RunLock)

  /// The engine's name of a type, by which columns are compared.
  func typeName(of type: ColumnType) -> String
  /// The placeholder of a parameter; the first is 1.
  func placeholder(_ position: Int) -> String
}

extension RowDatabase {
  package var isPrivate: Bool { false }
}

/// The purpose of a connection for rows.
package enum RowPurpose: Sendable, Hashable {
  case reading, writing
}

/// A lock that is held as long as the value lives.
package protocol RunLock: AnyObject {
  func release()
}
