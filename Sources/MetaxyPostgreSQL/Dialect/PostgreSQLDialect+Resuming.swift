internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL

// What interrupted statements left in the catalog.
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

  /// Drops the indexes of an interrupted build: they are never used but still maintained, and occupy the name.
  /// https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
  package func cleanUpPartial(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) {
    // Running the drop of an index again drops what it left.
    guard statement.first?.isWord("DROP") != true else { return }
    for index in try invalidIndexes(of: statement, connection) {
      try connection.execute("DROP INDEX CONCURRENTLY \(SQLWriter(self).name(index))")
    }
  }

  package func partialResults(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> [String] {
    try invalidIndexes(of: statement, connection).map { "`\($0)`" }
  }

  /// The invalid indexes that an unfinished `CREATE INDEX`, `DROP INDEX` or `REINDEX` leaves.
  private func invalidIndexes(
    of statement: [SQLToken], _ connection: any Connection
  ) throws(MetaxyError) -> [TableName] {
    if let creation = IndexCreation(statement) {
      guard let state = try state(ofIndex: creation.name, connection), !state.isValid,
        try state.table == relation(creation.table, connection)
      else { return [] }
      return [creation.name]
    }
    var words = TokenReader(statement, foldsNames: true)
    if words.skip("DROP", "INDEX") {
      _ = words.skip("CONCURRENTLY")
      _ = words.skip("IF", "EXISTS")
      guard let name = words.qualifiedName(), try state(ofIndex: name, connection)?.isValid == false else { return [] }
      return [name]
    }
    guard words.skip("REINDEX") else { return [] }
    if words.tokens.first?.isSymbol("(") == true { words.skipParentheses() }
    guard words.skip("TABLE") || words.skip("INDEX") else { return [] }
    _ = words.skip("CONCURRENTLY")
    guard let name = words.qualifiedName() else { return [] }
    return try unfinishedCopies(of: name, connection)
  }

  /// The copies that `REINDEX CONCURRENTLY` of a table or index did not finish, or did not drop.
  /// https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
  private func unfinishedCopies(
    of relation: TableName, _ connection: any Connection
  ) throws(MetaxyError) -> [TableName] {
    let rows = try connection.query(
      """
      SELECT c.relname, n.nspname FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND n.nspname <> 'pg_toast'
        AND i.indrelid = coalesce(
          (SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1::text)), to_regclass($1::text))
      ORDER BY 1
      """, [.text(SQLWriter(self).name(relation))])
    return rows.compactMap { row in row[0].text.map { TableName($0, schema: row[1].text) } }
  }

  package func exists(_ object: CatalogObject, _ connection: any Connection) throws(MetaxyError) -> Bool {
    func isFound(_ query: String, _ values: String...) throws(MetaxyError) -> Bool {
      try !connection.query(query, values.map { .text($0) }).isEmpty
    }
    let relation =
      "SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass($1::text) AND relkind::text = ANY ($2::text[])"
    switch object {
    case .table(let name): return try isFound(relation, SQLWriter(self).name(name), "{r,p,f}")
    case .view(let name): return try isFound(relation, SQLWriter(self).name(name), "{v,m}")
    case .index(let name): return try isFound(relation, SQLWriter(self).name(name), "{i,I}")
    case .sequence(let name): return try isFound(relation, SQLWriter(self).name(name), "{S}")
    case .type(let name):
      return try isFound("SELECT 1 WHERE to_regtype($1::text) IS NOT NULL", SQLWriter(self).name(name))
    case .schema(let name): return try isFound("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text", name)
    case .column(let column, of: let table):
      return try isFound(
        """
        SELECT 1 FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1::text) AND attname = $2::text
          AND attnum > 0 AND NOT attisdropped
        """, SQLWriter(self).name(table), column)
    case .constraint(let constraint, of: let table):
      return try isFound(
        "SELECT 1 FROM pg_catalog.pg_constraint WHERE conrelid = to_regclass($1::text) AND conname = $2::text",
        SQLWriter(self).name(table), constraint)
    }
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
