internal import MetaxyNames
package import MetaxySQL

/// Reads the changes that a statement makes from its tokens.
package struct StatementChangeReader {
  private let foldsNames: Bool

  package init(_ lexicon: Lexicon) { foldsNames = lexicon.foldsNames }

  /// Returns the changes of a statement; none for a statement that changes neither tables nor rows.
  package func changes(of tokens: [SQLToken]) -> [StatementChange] {
    var words = reader(tokens[...])
    if words.skip("CREATE") { return created(&words) }
    if words.skip("ALTER") { return altered(&words) }
    if words.skip("DROP") { return dropped(&words) }
    if words.skip("TRUNCATE") {
      _ = words.skip("TABLE")
      let cascades = words.hasWordAtTopLevel("CASCADE")
      return [.truncate(words.tableNames(), cascades: cascades)]
    }
    if let change = maintenance(words) { return [change] }
    return rowChanges(words)
  }

  func reader(_ tokens: ArraySlice<SQLToken>) -> TokenReader { TokenReader(tokens, foldsNames: foldsNames) }

  // MARK: CREATE

  private func created(_ words: inout TokenReader) -> [StatementChange] {
    _ = words.skip("OR", "REPLACE")
    let isTemporary = words.skip("TEMP") || words.skip("TEMPORARY")
    _ = words.skip("UNLOGGED") || words.skip("RECURSIVE")
    if words.skip("TABLE") { return createdTable(&words, isTemporary: isTemporary) }
    if words.skip("VIEW") || words.skip("MATERIALIZED", "VIEW") {
      _ = words.skip("IF", "NOT", "EXISTS")
      return words.qualifiedName().map { [.createView($0)] } ?? []
    }
    let isUnique = words.skip("UNIQUE")
    return words.skip("INDEX") ? createdIndex(&words, isUnique: isUnique) : []
  }

  private func createdTable(_ words: inout TokenReader, isTemporary: Bool) -> [StatementChange] {
    let mayExist = words.skip("IF", "NOT", "EXISTS")
    guard let name = words.qualifiedName() else { return [] }
    var table = WrittenTable(
      name: name, mayExist: mayExist, isTemporary: isTemporary, columns: [], constraints: [])
    for part in reader(words.parenthesised()).parts(separatedBy: ",") {
      if let constraint = DefinitionReader(reader(part)).tableConstraint() {
        table.constraints.append(constraint)
      } else if let column = DefinitionReader(reader(part)).column() {
        table.columns.append(column)
      }
    }
    return [.createTable(table)]
  }

  private func createdIndex(_ words: inout TokenReader, isUnique: Bool) -> [StatementChange] {
    let isConcurrent = words.skip("CONCURRENTLY")
    let mayExist = words.skip("IF", "NOT", "EXISTS")
    let name = words.tokens.first?.isWord("ON") == true ? nil : words.qualifiedName()?.name
    guard words.skip("ON") else { return [] }
    let isOnly = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return [] }
    while let next = words.tokens.first, !next.isSymbol("(") { words.skipToken() }
    let elements = reader(words.parenthesised()).parts(separatedBy: ",")
    let columns = elements.map { element -> String? in
      var element = reader(element)
      guard let name = element.name(), element.tokens.first?.isSymbol("(") != true else { return nil }
      return name
    }
    return [
      .createIndex(
        WrittenIndex(
          name: name, table: table, isUnique: isUnique, isConcurrent: isConcurrent, mayExist: mayExist, isOnly: isOnly,
          columns: columns.contains(nil) ? nil : columns.compactMap(\.self),
          hasPredicate: words.hasWordAtTopLevel("WHERE")))
    ]
  }

  // MARK: DROP

  private func dropped(_ words: inout TokenReader) -> [StatementChange] {
    let cascades = words.hasWordAtTopLevel("CASCADE")
    if words.skip("INDEX") {
      let isConcurrent = words.skip("CONCURRENTLY")
      _ = words.skip("IF", "EXISTS")
      return [.dropIndexes(words.tableNames(), isConcurrent: isConcurrent, cascades: cascades)]
    }
    if words.skip("TABLE") {
      _ = words.skip("IF", "EXISTS")
      return [.dropTables(words.tableNames(), cascades: cascades)]
    }
    _ = words.skip("MATERIALIZED") || words.skip("FOREIGN")
    guard let kind = words.tokens.first, kind.kind == .word else { return [] }
    words.skipToken()
    _ = words.skip("IF", "EXISTS")
    return [.drop(kind: kind.text.uppercased(), words.tableNames(), cascades: cascades)]
  }

  // MARK: ALTER

  private func altered(_ words: inout TokenReader) -> [StatementChange] {
    if words.skip("TABLE") { return alteredTable(&words) }
    if words.skip("INDEX") {
      _ = words.skip("IF", "EXISTS")
      guard let name = words.qualifiedName(), words.skip("RENAME", "TO"), let new = words.name() else { return [] }
      return [.renameIndex(name, to: new)]
    }
    guard let kind = words.tokens.first?.text.uppercased(), ["TYPE", "SCHEMA"].contains(kind) else { return [] }
    words.skipToken()
    guard let name = words.qualifiedName() else { return [] }
    if words.skip("RENAME", "VALUE") {
      return words.tokens.first.map { [.renameEnumValue($0.value, of: name)] } ?? []
    }
    if words.skip("RENAME", "TO") { return [.rename(kind: kind, name)] }
    guard words.skip("ADD", "VALUE") else { return [] }
    _ = words.skip("IF", "NOT", "EXISTS")
    return words.tokens.first.map { [.addEnumValue($0.value, to: name)] } ?? []
  }

  private func alteredTable(_ words: inout TokenReader) -> [StatementChange] {
    _ = words.skip("IF", "EXISTS")
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return [] }
    _ = words.skip(symbol: "*")
    return words.parts(separatedBy: ",").map { part in
      .alterTable(table, TableChangeReader(reader(part), table: table).change())
    }
  }

  // MARK: Other statements

  private func maintenance(_ words: TokenReader) -> StatementChange? {
    var words = words
    if words.skip("REINDEX") { return .maintain("REINDEX", isConcurrent: words.hasWordAtTopLevel("CONCURRENTLY")) }
    if words.skip("CLUSTER") { return .maintain("CLUSTER", isConcurrent: false) }
    if words.skip("VACUUM") {
      let isFull = words.tokens.contains { $0.isWord("FULL") }
      return .maintain(isFull ? "VACUUM FULL" : "VACUUM", isConcurrent: !isFull)
    }
    guard words.skip("REFRESH", "MATERIALIZED", "VIEW") else { return nil }
    return .maintain("REFRESH MATERIALIZED VIEW", isConcurrent: words.skip("CONCURRENTLY"))
  }

  private func rowChanges(_ words: TokenReader) -> [StatementChange] {
    var words = words
    words.skipCommonTableExpressions()
    let verb: RowChange.Verb
    if words.skip("INSERT") || words.skip("REPLACE") {
      verb = .insert
      if words.skip("OR") { _ = words.name() }
      guard words.skip("INTO") else { return [] }
    } else if words.skip("UPDATE") {
      verb = .update
      if words.skip("OR") { _ = words.name() }
    } else if words.skip("DELETE", "FROM") {
      verb = .delete
    } else if words.skip("MERGE", "INTO") {
      verb = .merge
    } else {
      return []
    }
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return [] }
    var rest = words
    let columns = verb == .update ? rest.assignedColumns() : []
    return [.changeRows(table, RowChange(verb: verb, columns: columns, rest: Array(words.tokens)))]
  }
}
