internal import MetaxyErrors
internal import MetaxyRuntime

/// A transaction in which things are tried out, and of which nothing is left.
struct RolledBackTransaction {
  let connection: any Connection

  /// Runs `body` in a transaction that is rolled back in any case.
  static func run<Result>(
    _ connection: any Connection, _ body: (RolledBackTransaction) throws(MetaxyError) -> Result
  ) throws(MetaxyError) -> Result {
    try connection.beginTransaction()
    defer { connection.rollbackTransaction() }
    // A session that only looks has transactions in which not even a temporary table can be made.
    try connection.execute("SET TRANSACTION READ WRITE")
    return try body(RolledBackTransaction(connection: connection))
  }

  /// Tries one statement and returns what PostgreSQL has against it; nil when it was done.
  ///
  /// - Throws: what no statement is to blame for: a lost connection, an interruption.
  func failure(of sql: String) throws(MetaxyError) -> MetaxyError? {
    do {
      try attempt { () throws(MetaxyError) in _ = try connection.execute(sql) }
      return nil
    } catch {
      guard error.sqlState != nil, !error.isInterruption else { throw error }
      return error
    }
  }

  /// The rows of a query; nil where PostgreSQL has something against it.
  func rows(of sql: String) throws(MetaxyError) -> [[SQLValue]]? {
    do {
      return try attempt { () throws(MetaxyError) in try connection.query(sql) }
    } catch {
      guard error.sqlState != nil, !error.isInterruption else { throw error }
      return nil
    }
  }

  /// After an error a transaction takes nothing more, unless it goes back to a savepoint.
  private func attempt<Result>(_ body: () throws(MetaxyError) -> Result) throws(MetaxyError) -> Result {
    try connection.execute("SAVEPOINT metaxy_trial")
    do {
      let result = try body()
      try connection.execute("RELEASE SAVEPOINT metaxy_trial")
      return result
    } catch {
      // A connection that is lost cannot go back; the error that lost it is the one to tell.
      if error.sqlState != nil { try connection.execute("ROLLBACK TO SAVEPOINT metaxy_trial") }
      throw error
    }
  }
}
