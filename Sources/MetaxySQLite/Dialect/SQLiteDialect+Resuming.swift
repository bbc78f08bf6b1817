internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL

// Of the statements that may run outside a transaction, only those on indexes are not idempotent.
extension SQLiteDialect {
  package func isAlreadyApplied(_ statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> Bool {
    var words = TokenReader(statement)
    if words.skip("DROP", "INDEX") {
      _ = words.skip("IF", "EXISTS")
      guard let index = words.tableName() else { return false }
      return try text(ofIndex: index.name, connection) == nil
    }
    guard words.skip("CREATE", "INDEX") || words.skip("CREATE", "UNIQUE", "INDEX") else { return false }
    _ = words.skip("IF", "NOT", "EXISTS")
    guard let index = words.tableName(), let text = try text(ofIndex: index.name, connection) else { return false }
    // The existing index is this statement's result only if its definition is identical.
    let sql = SQLSource.text(of: statement[...])
    return try ExpressionTokens(text, lexicon: lexicon) == ExpressionTokens(sql, lexicon: lexicon)
  }

  package func exists(_ object: CatalogObject, _ connection: any Connection) throws(MetaxyError) -> Bool {
    func isFound(_ type: String, _ name: TableName) throws(MetaxyError) -> Bool {
      let catalog = name.schema?.folded == "temp" ? "sqlite_temp_master" : "sqlite_master"
      return try !connection.query(
        "SELECT 1 FROM \(catalog) WHERE type = ?1 AND lower(name) = lower(?2)", [.text(type), .text(name.name)]
      ).isEmpty
    }
    switch object {
    case .table(let name): return try isFound("table", name)
    case .view(let name): return try isFound("view", name)
    case .index(let name): return try isFound("index", name)
    case .column(let column, of: let table):
      return try connection.columnNames(of: table).contains { $0.folded == column.folded }
    // SQLite has no such objects, or none that a statement changes.
    case .sequence, .type, .schema, .constraint: return false
    }
  }

  private func text(ofIndex name: String, _ connection: any Connection) throws(MetaxyError) -> String? {
    let rows = try connection.query(
      "SELECT sql FROM sqlite_master WHERE type = 'index' AND lower(name) = lower(?1)", [.text(name)])
    return rows.first?.first?.text
  }
}
