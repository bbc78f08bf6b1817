internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// A statement outside a transaction, whose effects cannot be rolled back.
struct NonTransactionalStatement {
  private let tokens: [SQLToken]

  init(_ sql: String) throws(MetaxyError) { tokens = try SQLTokenizer.tokens(of: sql, lexicon: .postgresql) }

  /// Whether it waits for the end of all transactions that see an older state of the table. It does not block
  /// readers and writers, and if it is cancelled, its work is lost.
  /// https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
  var isConcurrent: Bool { tokens.prefix(4).contains { $0.isWord("CONCURRENTLY") } }

  /// - Throws: `table_refused` if the statement would alter a table that `policy` refuses.
  func require(_ policy: AccessPolicy, _ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    for table in try changedTables(connection) {
      if let reason = policy.refusal(table) { throw .tableRefused(table, verb: "alter", reason: reason) }
    }
  }

  /// The tables whose definition it changes. `REINDEX`, `VACUUM` and `ANALYZE` change none.
  private func changedTables(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) -> [TableName] {
    var words = TokenReader(tokens, foldsNames: true)
    if words.skip("ALTER", "TYPE") {
      return try words.qualifiedName().map { name throws(MetaxyError) in
        try tables("c.oid IN (\(Self.usersOfType))", name, connection)
      } ?? []
    }
    var names: [TableName] = []
    if words.skip("CREATE") {
      while let next = words.tokens.first, !next.isWord("ON") { words.skipToken() }
      _ = words.skip("ON")
      _ = words.skip("ONLY")
      names = [words.qualifiedName()].compactMap(\.self)
    } else if words.skip("DROP", "INDEX") {
      _ = words.skip("CONCURRENTLY")
      _ = words.skip("IF", "EXISTS")
      repeat { names += [words.qualifiedName()].compactMap(\.self) } while words.skip(symbol: ",")
    } else if words.skip("ALTER", "TABLE") {
      _ = words.skip("IF", "EXISTS")
      _ = words.skip("ONLY")
      names = [words.qualifiedName()].compactMap(\.self)
    }
    var changed: [TableName] = []
    for name in names { changed += try tables("c.oid = \(Self.tableOfRelation)", name, connection) }
    return changed
  }

  private static let tableOfRelation = """
    coalesce((SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1::text)), to_regclass($1::text))
    """
  private static let usersOfType = """
    SELECT a.attrelid FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    WHERE to_regtype($1::text) IN (t.oid, t.typelem) AND a.attnum > 0 AND NOT a.attisdropped
    """

  private func tables(
    _ condition: String, _ name: TableName, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> [TableName] {
    try connection.relationNames(
      "SELECT n.nspname, c.relname \(PostgreSQLMigrationConnection.userRelations) AND \(condition)",
      [.text(SQLText.identifier(name))]
    ).sorted()
  }
}
