package import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL

// The potential losses of statements, read from their tokens. The runner then checks whether there is data to lose.
extension PostgreSQLDialect {
  package func losses(of section: [[SQLToken]]) -> [(statement: Int, loss: PotentialLoss)] {
    var created: Set<TableName> = []
    return section.enumerated().flatMap { index, statement in
      if let table = createdTable(statement) { created.insert(table) }
      return losses(of: statement).filter { $0.tableName.map { !created.contains($0) } ?? true }.map { (index, $0) }
    }
  }

  package func renamedTable(_ statement: [SQLToken]) -> TableName? {
    var words = reader(statement)
    guard let table = words.alteredTable(), words.skip("RENAME"), !words.skip("CONSTRAINT") else { return nil }
    return table
  }

  private func reader(_ tokens: some Sequence<SQLToken>) -> TokenReader { TokenReader(tokens, foldsNames: true) }

  /// Returns the table that a statement creates, which contains no earlier rows.
  private func createdTable(_ statement: [SQLToken]) -> TableName? {
    var words = reader(statement)
    guard words.skip("CREATE") else { return nil }
    _ = words.skip("UNLOGGED") || words.skip("TEMP") || words.skip("TEMPORARY")
    // With `IF NOT EXISTS` the table may already exist.
    guard words.skip("TABLE"), !words.skip("IF", "NOT", "EXISTS") else { return nil }
    return words.qualifiedName()
  }

  /// Returns the losses of a single statement.
  private func losses(of statement: some Sequence<SQLToken>) -> [PotentialLoss] {
    var words = reader(statement)
    if words.skip("DROP", "TABLE") {
      _ = words.skip("IF", "EXISTS")
      return words.tableNames().map { .table($0) }
    }
    if words.skip("DROP", "SCHEMA") {
      _ = words.skip("IF", "EXISTS")
      let names = words.names()
      // Without CASCADE the schema is empty, or is not dropped.
      return words.skip("CASCADE") ? names.map { .tables(inSchema: $0) } : []
    }
    if words.skip("TRUNCATE") {
      _ = words.skip("TABLE")
      return words.tableNames().map { .rows(of: $0) }
    }
    if let table = words.alteredTable() { return losses(ofAltering: table, words) }
    // A statement inside WITH can also change rows.
    // https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
    return words.commonTableExpressions().flatMap { losses(ofChangingRows: reader($0)) }
      + losses(ofChangingRows: words)
  }

  private func losses(ofChangingRows words: TokenReader) -> [PotentialLoss] {
    var words = words
    guard !words.hasWordAtTopLevel("WHERE") else { return [] }
    if words.skip("DELETE", "FROM") {
      _ = words.skip("ONLY")
      return words.qualifiedName().map { [.rows(of: $0)] } ?? []
    }
    guard words.skip("UPDATE") else { return [] }
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return [] }
    return words.overwrittenColumns().map { .column($0, of: table, isDropped: false) }
  }

  /// Reads the actions of ALTER TABLE. A column with a new type loses its values if `USING` computes them from
  /// something else.
  private func losses(ofAltering table: TableName, _ words: TokenReader) -> [PotentialLoss] {
    words.parts(separatedBy: ",").flatMap { action -> [PotentialLoss] in
      var words = reader(action)
      if words.skip("DROP"), !words.skip("CONSTRAINT") {
        _ = words.skip("COLUMN")
        _ = words.skip("IF", "EXISTS")
        return words.name().map { [.column($0, of: table, isDropped: true)] } ?? []
      }
      guard words.skip("ALTER") else { return [] }
      _ = words.skip("COLUMN")
      guard let column = words.name(), words.skip("TYPE") || words.skip("SET", "DATA", "TYPE") else { return [] }
      while let next = words.tokens.first, !next.isWord("USING") { words.skipAny() }
      guard words.skip("USING") else { return [] }
      var rest = words
      while !rest.tokens.isEmpty { if rest.skipName() == column { return [] } }
      return [.column(column, of: table, isDropped: false)]
    }
  }
}

extension TokenReader {
  /// Reads `ALTER TABLE [IF EXISTS] [ONLY] name [*]`; nil for any other statement, of which nothing is consumed.
  fileprivate mutating func alteredTable() -> TableName? {
    guard skip("ALTER", "TABLE") else { return nil }
    _ = skip("IF", "EXISTS")
    _ = skip("ONLY")
    let table = qualifiedName()
    _ = skip(symbol: "*")
    return table
  }

  /// Skips `WITH a AS (…), b AS (…)` and returns the contents of the parentheses.
  fileprivate mutating func commonTableExpressions() -> [ArraySlice<SQLToken>] {
    var expressions: [ArraySlice<SQLToken>] = []
    var rest = self
    skipCommonTableExpressions()
    while rest.tokens.count > tokens.count {
      if rest.tokens.first?.isSymbol("(") == true {
        expressions.append(rest.parenthesised())
      } else {
        rest.skipAny()
      }
    }
    return expressions
  }

  /// Skips one token and returns its name if it is one.
  fileprivate mutating func skipName() -> String? {
    if let name = name() { return name }
    skipToken()
    return nil
  }
}
