internal import MetaxyDatabase
internal import MetaxyErrors

/// Tries out what a run depends on, on the connection that holds the run lock.
struct PostgreSQLCapabilities {
  let connection: PostgreSQLConnection

  /// - Throws: `unsupported_server` with the program and what it lacks.
  func require() throws(MetaxyError) {
    guard try listsRunLock else { throw unsupported("advisory locks") }
    // PostgreSQL has it since its first versions. https://www.postgresql.org/docs/current/sql-createtable.html
    guard connection.product.name != nil else { return }
    try connection.product.naming(connection.displayName, missing: "temporary tables") { () throws(MetaxyError) in
      guard try rollsTablesBack else { throw unsupported("transactional DDL") }
    }
  }

  /// Whether the lock that the server granted is one: a server without such locks grants it and lists none.
  private var listsRunLock: Bool {
    get throws(MetaxyError) {
      try !connection.query("SELECT 1 FROM (\(PostgreSQLRunLock.rows)) AS l WHERE l.pid = pg_backend_pid()", []).isEmpty
    }
  }

  private var rollsTablesBack: Bool {
    get throws(MetaxyError) {
      try connection.beginTransaction()
      do {
        try connection.execute("CREATE TEMPORARY TABLE metaxy_trial (n integer)", [])
      } catch {
        connection.rollbackTransaction()
        throw error
      }
      connection.rollbackTransaction()
      return try connection.query("SELECT to_regclass('pg_temp.metaxy_trial')::text", []).first?.first?.text == nil
    }
  }

  private func unsupported(_ capability: String) -> MetaxyError {
    .unsupportedServer(
      connection.displayName, product: connection.product.name ?? "a server", missing: capability)
  }
}
