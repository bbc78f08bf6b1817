internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL

// The partial results of interrupted statements outside transactions.
extension PostgreSQLDialect {
  package func isAlreadyApplied(_ statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> Bool {
    var words = TokenReader(statement, foldsNames: true)
    if words.skip("DROP", "INDEX") {
      _ = words.skip("CONCURRENTLY")
      _ = words.skip("IF", "EXISTS")
      guard let index = words.qualifiedName() else { return false }
      return try state(ofIndex: index, connection) == nil
    }
    if let creation = IndexCreation(statement) {
      guard let state = try state(ofIndex: creation.name, connection) else { return false }
      let table = try relation(creation.table, connection)
      return state.isValid && state.table == table && state.isUnique == creation.isUnique
    }
    if words.skip("ALTER", "TABLE") { return try isValidated(&words, connection) }
    guard words.skip("ALTER", "TYPE"), let type = words.qualifiedName(), words.skip("ADD", "VALUE") else {
      return false
    }
    _ = words.skip("IF", "NOT", "EXISTS")
    guard let value = words.name() else { return false }
    let rows = try connection.query(
      "SELECT 1 FROM pg_catalog.pg_enum WHERE enumtypid = to_regtype($1::text) AND enumlabel = $2",
      [.text(SQLWriter(self).name(type)), .text(value)])
    return !rows.isEmpty
  }

  /// Drops the index of an interrupted build: it is never used but still maintained, and occupies the name.
  /// https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
  package func cleanUpPartial(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) {
    guard let creation = IndexCreation(statement), let state = try state(ofIndex: creation.name, connection),
      !state.isValid, try state.table == relation(creation.table, connection)
    else { return }
    try connection.execute("DROP INDEX CONCURRENTLY \(SQLWriter(self).name(creation.name))")
  }

  /// Returns whether `ALTER TABLE … VALIDATE CONSTRAINT …` has validated all its constraints.
  private func isValidated(_ words: inout TokenReader, _ connection: any Connection) throws(MetaxyError) -> Bool {
    _ = words.skip("IF", "EXISTS")
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return false }
    repeat {
      guard words.skip("VALIDATE", "CONSTRAINT"), let name = words.name() else { return false }
      let rows = try connection.query(
        "SELECT 1 FROM pg_catalog.pg_constraint WHERE conrelid = to_regclass($1::text) AND conname = $2 AND convalidated",
        [.text(SQLWriter(self).name(table)), .text(name)])
      if rows.isEmpty { return false }
    } while words.skip(symbol: ",")
    return words.tokens.isEmpty
  }

  private struct IndexState {
    var table: Int64?
    var isValid: Bool
    var isUnique: Bool
  }

  private func state(ofIndex name: TableName, _ connection: any Connection) throws(MetaxyError) -> IndexState? {
    let rows = try connection.query(
      """
      SELECT indrelid::bigint, indisvalid::integer, indisunique::integer FROM pg_catalog.pg_index
      WHERE indexrelid = to_regclass($1::text)
      """, [.text(SQLWriter(self).name(name))])
    return rows.first.map { row in
      IndexState(table: row[0].integer, isValid: row[1].integer == 1, isUnique: row[2].integer == 1)
    }
  }

  private func relation(_ name: TableName, _ connection: any Connection) throws(MetaxyError) -> Int64? {
    try connection.query("SELECT to_regclass($1::text)::oid::bigint", [.text(SQLWriter(self).name(name))])
      .first?.first?.integer
  }
}

/// The parts of `CREATE [UNIQUE] INDEX [CONCURRENTLY] [IF NOT EXISTS] name ON [ONLY] table`.
private struct IndexCreation {
  var name: TableName
  var table: TableName
  var isUnique: Bool

  /// Nil for any other statement, and for indexes without a name.
  init?(_ statement: [SQLToken]) {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("CREATE") else { return nil }
    isUnique = words.skip("UNIQUE")
    guard words.skip("INDEX") else { return nil }
    _ = words.skip("CONCURRENTLY")
    _ = words.skip("IF", "NOT", "EXISTS")
    guard let name = words.name(), words.skip("ON") else { return nil }
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return nil }
    // An index is in the schema of its table, and its name is written without the schema.
    self.name = TableName(name, schema: table.schema)
    self.table = table
  }
}
