package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyFiles

/// A SQLite file for the rows of programs, not yet opened.
package struct SQLiteRowDatabase: RowDatabase {
  private let path: String
  package let displayName: String
  private let timeouts: SQLiteTimeouts

  /// - Parameter path: the absolute path of the file.
  package init(path: String, displayName: String, timeouts: SQLiteTimeouts) {
    self.path = path
    self.displayName = displayName
    self.timeouts = timeouts
  }

  package var exists: Bool { Files.kind(of: path) != nil }

  package func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection {
    // Opening the file would create it, without its tables.
    guard exists else { throw .databaseMissing(displayName) }
    return try SQLiteConnection(
      path: path, mode: purpose == .reading ? .reading : .writing, timeouts: timeouts,
      interruption: SQLiteInterruption())
  }

  package func openForDefinitions() throws(MetaxyError) -> (connection: any RowConnection, lock: any RunLock) {
    let lock = try SQLiteRunLock(database: path, displayName: displayName) { _ in }
    return (try SQLiteConnection(path: path, mode: .writing, timeouts: timeouts), lock)
  }

  package func typeName(of type: ColumnType) -> String { SQLiteTypes.name(of: type) }
  package func placeholder(_ position: Int) -> String { SQLiteConnection.placeholder(position) }
}

extension SQLiteConnection {
  /// The placeholder of a parameter; the first is 1.
  package static func placeholder(_ position: Int) -> String { "?\(position)" }
}
