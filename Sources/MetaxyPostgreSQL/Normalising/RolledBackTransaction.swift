internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime

/// A transaction for experiments, which is always rolled back.
struct RolledBackTransaction {
  let connection: any Connection

  /// Runs `body` in a transaction that is always rolled back.
  static func run<Result>(
    _ connection: any Connection, _ body: (RolledBackTransaction) throws(MetaxyError) -> Result
  ) throws(MetaxyError) -> Result {
    try connection.beginTransaction()
    defer { connection.rollbackTransaction() }
    // A read-only session cannot create a temporary table in its transactions.
    try connection.execute("SET TRANSACTION READ WRITE")
    return try body(RolledBackTransaction(connection: connection))
  }

  /// Runs one statement and returns PostgreSQL's error; nil on success.
  ///
  /// - Throws: errors that the statement does not cause: a lost connection, an interruption.
  func failure(of sql: String) throws(MetaxyError) -> MetaxyError? {
    do {
      try attempt { () throws(MetaxyError) in _ = try connection.execute(sql) }
      return nil
    } catch {
      guard error.sqlState != nil, !error.isInterruption else { throw error }
      return error
    }
  }

  /// Returns the rows of a query; nil if PostgreSQL refuses it.
  func rows(of sql: String) throws(MetaxyError) -> [[SQLValue]]? {
    do {
      return try attempt { () throws(MetaxyError) in try connection.query(sql) }
    } catch {
      guard error.sqlState != nil, !error.isInterruption else { throw error }
      return nil
    }
  }

  /// Runs `body` with a savepoint: after an error, a transaction only continues from a savepoint.
  private func attempt<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    try connection.execute("SAVEPOINT metaxy_trial")
    do {
      let result = try body()
      try connection.execute("RELEASE SAVEPOINT metaxy_trial")
      return result
    } catch {
      // On a lost connection the rollback fails too; the first error is the cause.
      if error.sqlState != nil { try connection.execute("ROLLBACK TO SAVEPOINT metaxy_trial") }
      throw error
    }
  }
}
