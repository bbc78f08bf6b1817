package import MetaxyErrors
package import MetaxyNames

/// An open connection to a database, used by one thread: statements, queries and transactions.
package protocol SQLConnection: AnyObject {
  /// Runs one statement and returns how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int

  /// Runs one query and returns its rows.
  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]]

  /// Begins a transaction that excludes other writers as far as the engine can.
  func beginTransaction() throws(MetaxyError)
  func commitTransaction() throws(MetaxyError)
  /// Rolls back; does nothing outside a transaction.
  func rollbackTransaction()

  /// The schema of the tables whose name has no schema.
  var defaultSchema: String { get }

  func hasTable(_ name: TableName) throws(MetaxyError) -> Bool
}

extension SQLConnection {
  @discardableResult
  package func execute(_ sql: String) throws(MetaxyError) -> Int { try execute(sql, []) }
  package func query(_ sql: String) throws(MetaxyError) -> [[SQLValue]] { try query(sql, []) }

  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  package func transaction<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    try beginTransaction()
    do {
      let result = try body()
      try commitTransaction()
      return result
    } catch {
      rollbackTransaction()
      throw error
    }
  }
}
